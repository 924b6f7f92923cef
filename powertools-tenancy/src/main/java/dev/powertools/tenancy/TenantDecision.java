// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.event.EventViewException;
import dev.powertools.tenancy.spi.TenantDirectory;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.TenantStatus;
import dev.powertools.tenancy.spi.Trust;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose work it is, from what all sources say. Each of them is asked, also when one has
 * decided already: the order never matters. Thread-safe.
 */
final class TenantDecision {

  private static final String LAMBDA = "Context.getTenantId()";

  private final List<TenantSource> sources;
  private final TenantGrammar grammar;
  private final boolean trustsLambda;
  private final @Nullable TenantDirectory directory;
  private final PinnedTenant pinned;
  private final Isolation isolation;

  private TenantDecision(
      List<TenantSource> sources,
      TenantGrammar grammar,
      boolean trustsLambda,
      FunctionRuntime runtime) {
    this.sources = List.copyOf(sources);
    this.grammar = grammar;
    this.trustsLambda = trustsLambda;
    this.directory = runtime.part(TenantDirectory.class).orElse(null);
    this.pinned = runtime.part(PinnedTenant.class, r -> new PinnedTenant());
    this.isolation = Isolation.of(runtime);
    runtime.requireKey(Tenants.TENANT_ID);
  }

  /**
   * Checks that the sources can decide.
   *
   * @throws ConfigurationException if none of them does, or two would read the same place
   */
  static TenantDecision of(
      List<TenantSource> sources,
      TenantGrammar grammar,
      boolean trustsLambda,
      FunctionRuntime runtime) {
    boolean decides = trustsLambda;
    Map<String, String> groups = new HashMap<>();
    for (TenantSource source : sources) {
      decides |= source.trust() != Trust.CLIENT;
      String other = source.group().isEmpty() ? null : groups.put(source.group(), source.name());
      if (other != null) {
        throw new ConfigurationException(
            "both "
                + other
                + " and "
                + source.name()
                + " are there, and of every event only one of them can be right ("
                + source.group()
                + "). Keep the one that the function is configured with.");
      }
    }
    if (!decides) {
      throw new ConfigurationException(
          "no source decides who the tenant is"
              + (sources.isEmpty() ? "" : ": those there are only confirm")
              + ". Put one beside @TenantIsolated, such as @FromJwt(claim = \"custom:tenant_id\").");
    }
    return new TenantDecision(sources, grammar, trustsLambda, runtime);
  }

  /**
   * The tenant that is proved, active, and the only one of this unit of work.
   *
   * @throws TenantDeniedException told already
   */
  TenantId decide(FunctionInvocation work) {
    isolation.begin();
    TenantId tenant = Agreement.of(this, work);
    requireActive(work, tenant);
    String present = work.attributes().get(Tenants.TENANT_ID).orElse(null);
    if (present != null && !present.equals(tenant.value())) {
      throw Denials.tell(
          work, new TenantSwitchException(present), "@TenantIsolated", tenant.value());
    }
    return tenant;
  }

  private void requireActive(FunctionInvocation work, TenantId tenant) {
    if (directory == null) {
      return;
    }
    TenantStatus status = status(work, directory, tenant);
    if (status != TenantStatus.ACTIVE) {
      boolean suspended = status == TenantStatus.SUSPENDED;
      throw Denials.tell(
          work,
          new TenantDeniedException(
              suspended ? "suspended" : "unknown",
              suspended
                  ? "The tenant is suspended. The directory of tenants says so."
                  : "The tenant is unknown to the directory of tenants.",
              null),
          "TenantDirectory",
          tenant.value());
    }
  }

  private static TenantStatus status(
      FunctionInvocation work, TenantDirectory directory, TenantId tenant) {
    try {
      return Objects.requireNonNull(directory.status(tenant), "the status");
    } catch (Throwable e) {
      throw Denials.tell(
          work,
          new TenantUnavailableException(
              "The directory of tenants "
                  + directory.getClass().getName()
                  + " failed, so nobody knows whether the tenant may work; this is to be tried"
                  + " again later.",
              SilentCause.of(ofCode(e))),
          "TenantDirectory",
          tenant.value());
    }
  }

  /** What one source says. */
  private static Optional<String> ask(FunctionInvocation work, TenantSource source) {
    try {
      return Objects.requireNonNull(source.resolver().resolve(work), "the resolver's answer");
    } catch (TenantDeniedException e) {
      throw Denials.tell(work, e, source.name(), null);
    } catch (EventViewException e) {
      throw Denials.tell(
          work,
          new TenantDeniedException(
              "ambiguous",
              "What the event says to " + source.name() + " can't be read in one way only.",
              SilentCause.of(e)),
          source.name(),
          null);
    } catch (Throwable e) {
      throw Denials.tell(
          work,
          new TenantUnavailableException(
              "The source of the tenant " + source.name() + " failed: " + e.getClass().getName(),
              SilentCause.of(ofCode(e))),
          source.name(),
          null);
    }
  }

  /**
   * A failure of somebody's code, whatever its kind: a class that is missing, an assertion, a
   * checked exception that slipped through. The machine's own end is thrown on.
   */
  private static Throwable ofCode(Throwable failure) {
    if (failure instanceof VirtualMachineError end && !(failure instanceof StackOverflowError)) {
      throw end;
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return failure;
  }

  /** What the sources agree on so far. Confined to one call. */
  private static final class Agreement {

    private final FunctionInvocation work;
    private final TenantGrammar grammar;
    private @Nullable TenantId tenant;
    private @Nullable String saidBy;
    private boolean decided;

    private Agreement(FunctionInvocation work, TenantGrammar grammar) {
      this.work = work;
      this.grammar = grammar;
    }

    static TenantId of(TenantDecision decision, FunctionInvocation work) {
      Agreement agreement = new Agreement(work, decision.grammar);
      for (TenantSource source : decision.sources) {
        String said = ask(work, source).orElse(null);
        agreement.add(source.name(), said, source.trust() != Trust.CLIENT);
      }
      String lambda = work.context().map(Context::getTenantId).orElse("");
      if (!lambda.isEmpty()) {
        decision.pinned.require(work, lambda);
        agreement.add(LAMBDA, lambda, decision.trustsLambda);
      }
      return agreement.tenant(decision);
    }

    private void add(String source, @Nullable String said, boolean decides) {
      if (said == null) {
        return;
      }
      TenantId id = parse(source, said);
      if (tenant != null && !tenant.equals(id)) {
        throw Denials.tell(
            work,
            new TenantDeniedException(
                "mismatch",
                saidBy + " and " + source + " name different tenants. All sources must agree.",
                null),
            source,
            said);
      }
      tenant = id;
      saidBy = source;
      decided |= decides;
    }

    private TenantId parse(String source, String said) {
      try {
        return grammar.parse(said);
      } catch (InvalidTenantException e) {
        throw Denials.tell(work, e, source, said);
      }
    }

    private TenantId tenant(TenantDecision decision) {
      if (tenant == null || !decided) {
        StringBuilder asked = new StringBuilder();
        for (TenantSource source : decision.sources) {
          asked.append(asked.length() == 0 ? "" : ", ").append(source.name());
        }
        throw Denials.tell(
            work,
            new TenantNotProvedException(
                "No tenant is proved: of "
                    + asked
                    + (tenant == null
                        ? " none says anything."
                        : " only what the caller says." + " That may confirm, and never decides.")),
            asked.toString(),
            tenant == null ? null : tenant.value());
      }
      return tenant;
    }
  }
}
