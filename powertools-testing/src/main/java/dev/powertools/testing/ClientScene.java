// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.internal.Scope;
import dev.powertools.local.aws.AwsCall;
import dev.powertools.local.aws.StsStub;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.TenantDenied;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.TenantCallDeniedException;
import dev.powertools.tenancy.aws.TenantClientsListener;
import dev.powertools.tenancy.source.FromEnvelope;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The AWS clients of a handler under attack. The handler does its own work for both tenants first,
 * in which nothing may be denied; then each attack is made by its own clients, in work of the
 * attacker's in the runtime of the handler, and nothing of it may come onto the wire.
 */
final class ClientScene {

  private static final Set<String> WRONG_REASONS =
      Set.of("rule_failed", "net", "unbound", "mismatch", "closed");

  private final Functions functions;
  private final TenantId attacker;
  private final TenantId victim;
  private final StsStub sts;
  private final List<Guarded> made = new CopyOnWriteArrayList<>();
  private final List<TenantDenied> denials = new CopyOnWriteArrayList<>();
  private volatile boolean attacking;

  ClientScene(
      Functions functions,
      Class<?> handler,
      Function<String, ? extends Object> event,
      String attacker,
      String victim) {
    this.functions = functions;
    this.attacker = TenantId.of(attacker);
    this.victim = TenantId.of(victim);
    this.sts = StsStub.on(functions.clock());
    functions.aws().serve("sts", sts);
    functions.with(
        TenantClientsListener.class,
        (isolation, clients) -> {
          if (!attacking) {
            made.add(new Guarded(isolation, clients, FunctionRuntime.current()));
          }
        });
    functions.listener((signal, work) -> heard(signal));
    ownWork(
        () -> {
          if (TenantProof.of(handler).source(FromEnvelope.class) != null) {
            new QueueScene(functions, handler, event, attacker, victim).bothInOneBatch();
          } else {
            TenantScene scene = new TenantScene(functions, handler, event, attacker, victim);
            scene.victimWorks();
            scene.requireNothingOfVictim(scene.attackerWorks());
          }
        });
  }

  private void heard(Signal signal) {
    if (signal instanceof TenantDenied denied) {
      denials.add(denied);
    }
  }

  /** What the handler does by itself is nobody else's, and by clients that are guarded. */
  private void ownWork(Runnable work) {
    AssertionError failure = null;
    try {
      work.run();
    } catch (AssertionError e) {
      failure = e;
    }
    if (!denials.isEmpty()) {
      TenantDenied first = denials.get(0);
      throw new AssertionError(
          "a call that the handler makes by itself, for a tenant's own event, "
              + (first.enforced() ? "is denied" : "breaks a rule, and the guard only audits")
              + ": "
              + first.reason(),
          failure);
    }
    if (failure != null) {
      throw failure;
    }
    attacking = true;
    if (made.isEmpty()) {
      throw new AssertionError(
          "the handler has no TenantClients, so there is nothing that could be attacked. Make its"
              + " clients of AWS by TenantClients.of(Isolation.class, DynamoDbClient::builder), or"
              + " leave this group of attacks out.");
    }
  }

  TenantId attacker() {
    return attacker;
  }

  TenantId victim() {
    return victim;
  }

  Functions functions() {
    return functions;
  }

  StsStub sts() {
    return sts;
  }

  /** All clients of the handler. */
  List<Guarded> clients() {
    return List.copyOf(made);
  }

  /** The handler's clients of a service. */
  List<Guarded> clients(String service) {
    return made.stream().filter(each -> service(each).equals(service)).toList();
  }

  /** The service of clients, as the SDK names it in packages. */
  String service(Guarded clients) {
    return client(clients, attacker).serviceName();
  }

  /** A client that was asked for in a tenant's work, which is over. */
  SdkClient client(Guarded clients, TenantId tenant) {
    AtomicReference<@Nullable SdkClient> kept = new AtomicReference<>();
    Attempt asked = attempt(clients, tenant, () -> kept.set(clients.clients().current()));
    SdkClient client = kept.get();
    if (client == null) {
      throw new AssertionError(
          "tenant " + tenant + " has no client in its own work: " + asked.failure(),
          asked.failure());
    }
    return client;
  }

  /** Something that is tried. */
  @FunctionalInterface
  interface Work {
    void run() throws Throwable;
  }

  /**
   * What became of something that was tried.
   *
   * @param failure what it ended with; null if it succeeded
   * @param sent what came onto the wire
   */
  record Attempt(@Nullable Throwable failure, List<AwsCall> sent) {}

  /** Does work of a tenant's, in the runtime of the clients. */
  Attempt attempt(Guarded clients, TenantId tenant, Work work) {
    TenantSource source =
        TenantSource.of("attack", Trust.VERIFIED, each -> Optional.of(tenant.value()));
    return outside(clients, () -> Tenancy.of(source).call("", null, () -> run(work)));
  }

  /** Does what is no tenant's work, in the runtime of the clients. */
  private Attempt outside(Guarded clients, Work work) {
    int before = functions.aws().requests().size();
    Throwable failure = null;
    try (Scope.Attached ignored = Scope.of(clients.runtime()).attach()) {
      work.run();
    } catch (Tried e) {
      failure = e.getCause();
    } catch (Throwable e) {
      failure = e;
    }
    List<AwsCall> all = functions.aws().requests();
    List<AwsCall> sent = new ArrayList<>(all.subList(before, all.size()));
    sent.removeIf(call -> call.service().equals("sts"));
    return new Attempt(failure, sent);
  }

  /** Whether work of a tenant was not begun, since the handler's directory does not know it. */
  boolean isUnknown(Attempt attempt) {
    return attempt.sent().isEmpty()
        && attempt.failure() instanceof TenantDeniedException denied
        && !(denied instanceof TenantCallDeniedException);
  }

  private static String run(Work work) {
    try {
      work.run();
      return "";
    } catch (Throwable e) {
      throw new Tried(e);
    }
  }

  /** Carries what an attack was answered with. */
  private static final class Tried extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Tried(Throwable cause) {
      super(cause);
    }
  }

  /** A request of the attacker's must be denied before it is sent. */
  void denied(Guarded clients, SdkRequest request) {
    String rule = denied(clients, () -> SdkCalls.send(clients.clients().current(), request));
    if (WRONG_REASONS.contains(rule)) {
      throw new AssertionError("it was denied for another reason than what it asks for: " + rule);
    }
  }

  /**
   * Work of the attacker's must be denied before anything is sent.
   *
   * @return the rule
   */
  String denied(Guarded clients, Work work) {
    return denied(() -> attempt(clients, attacker, work));
  }

  /** What is no tenant's work must be denied before anything is sent. */
  String deniedOutside(Guarded clients, Work work) {
    return denied(() -> outside(clients, work));
  }

  private String denied(Supplier<Attempt> tried) {
    int lines = functions.logs().lines().size();
    Attempt attempt = tried.get();
    if (!attempt.sent().isEmpty()) {
      throw new AssertionError(attempt.sent().get(0).request() + " came onto the wire");
    }
    String rule = requireDenial(attempt.failure());
    List<LogLine> all = functions.logs().lines();
    if (all.subList(lines, all.size()).stream().anyMatch(line -> tells(line.text()))) {
      throw new AssertionError("a line about the denial repeats the id of tenant " + victim);
    }
    return rule;
  }

  /** What comes back is not the attacker's, and must not reach the handler. */
  void deniedAfterwards(Guarded clients, SdkRequest request) {
    Attempt attempt =
        attempt(clients, attacker, () -> SdkCalls.send(clients.clients().current(), request));
    if (attempt.sent().isEmpty()) {
      throw new AssertionError("it was not sent, so this proves nothing: " + attempt.failure());
    }
    requireDenial(attempt.failure());
  }

  private boolean tells(String text) {
    return text.contains(victim.value());
  }

  private String requireDenial(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (tells(String.valueOf(each.getMessage()))) {
        throw new AssertionError("the denial repeats the id of tenant " + victim, failure);
      }
      if (each instanceof SecurityException) {
        return "seal";
      }
      if (each instanceof TenantCallDeniedException denied && !denied.rule().isBlank()) {
        return denied.rule();
      }
      if (isUnsigned(each)) {
        return "unsigned";
      }
    }
    throw new AssertionError(
        failure == null
            ? "nothing was sent, and nobody was told: the call returned"
            : "no rule denied it, it failed otherwise: " + failure,
        failure);
  }

  /** Before 2.47 the AWS SDK signs by an interceptor: without any, it can send nothing. */
  private static boolean isUnsigned(Throwable failure) {
    return failure instanceof IllegalStateException
        && String.valueOf(failure.getMessage()).startsWith("A signer was not configured");
  }

  /** The same request for what is the attacker's own comes onto the wire, or the attack is void. */
  void sent(Guarded clients, SdkRequest request) {
    sent(clients, () -> SdkCalls.send(clients.clients().current(), request));
  }

  void sent(Guarded clients, Work work) {
    requireSent(attempt(clients, attacker, work));
  }

  /** What is no tenant's work, and says so, comes onto the wire. */
  void sentOutside(Guarded clients, Work work) {
    requireSent(outside(clients, work));
  }

  private static void requireSent(Attempt attempt) {
    if (attempt.sent().isEmpty()) {
      throw new AssertionError(
          "the attacker's own was denied too, so this proves nothing: " + attempt.failure(),
          attempt.failure());
    }
  }
}
