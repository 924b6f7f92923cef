// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.Sneaky;
import dev.powertools.tenancy.spi.TenantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does in code what {@link TenantIsolated} does by annotation. Make one and keep it. Thread-safe.
 *
 * <pre>{@code
 * private final Tenancy tenancy =
 *     Tenancy.of(TenantSources.jwt("custom:tenant_id"));
 *
 * public Response handleRequest(APIGatewayV2HTTPEvent event, Context context) {
 *   return tenancy.call(event, context, () -> notes(Tenants.current().id()));
 * }
 * }</pre>
 */
public final class Tenancy {

  private static final JoinPoint CODE =
      JoinPoints.code(
          Tenancy.class, "call", List.of(Object.class, Context.class), Object.class, true);

  private final List<TenantSource> sources;
  private final TenantGrammar grammar;
  private final boolean trustsLambda;
  private volatile @Nullable Bound bound;

  private Tenancy(Builder builder) {
    this.sources = List.copyOf(builder.sources);
    this.grammar = builder.grammar;
    this.trustsLambda = builder.trustsLambda;
    if (Scope.current() != null) {
      chain(FunctionRuntime.current()); // so that what is wrong fails while the function starts
    }
  }

  /** The chain of the runtime that was in force last: one runtime for all calls, save in tests. */
  private record Bound(FunctionRuntime runtime, Chain chain) {}

  /** With this source alone. */
  public static Tenancy of(TenantSource source) {
    return builder().source(source).build();
  }

  /** A builder without any source. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Does work for the tenant that is proved: inside the current invocation or record if there is
   * one, and else as an invocation with this event.
   *
   * @param event what the function was invoked with; not looked at inside an invocation
   * @param context the platform's context; {@code null} if there is none
   * @throws TenantDeniedException if no tenant is proved, and the work is not begun
   * @throws X what the work throws, unchanged
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // what the work returned
  public <T extends @Nullable Object, X extends Exception> T call(
      @Nullable Object event, @Nullable Context context, Tenants.Work<T, X> work) throws X {
    LiveInvocation current = Scope.currentInvocation();
    try {
      return (T) (current == null ? open(event, context, work) : pass(current, work));
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  private @Nullable Object open(
      @Nullable Object event, @Nullable Context context, Tenants.Work<?, ?> work) throws Throwable {
    LiveInvocation invocation =
        LiveInvocation.under(FunctionRuntime.current())
            .context(context)
            .event(EventView.of(event))
            .open();
    return Entry.run(invocation, Scope.of(invocation), () -> pass(invocation, work));
  }

  private @Nullable Object pass(LiveInvocation invocation, Tenants.Work<?, ?> work)
      throws Throwable {
    return chain(invocation.runtime())
        .call(invocation, null, new Object[0], (target, arguments) -> work.run());
  }

  private Chain chain(FunctionRuntime runtime) {
    Bound present = bound;
    if (present != null && present.runtime == runtime) {
      return present.chain;
    }
    TenantLink link = new TenantLink(TenantDecision.of(sources, grammar, trustsLambda, runtime));
    Chain chain = Links.of(CODE, runtime).link(link, Phase.TENANT, Side.OWN, 0, "Tenancy").chain();
    bound = new Bound(runtime, chain);
    return chain;
  }

  /**
   * Collects sources. Defaults: {@link TenantGrammar#SLUG}; Lambda's own tenant id must not
   * contradict and does not decide. Confined to one thread.
   */
  public static final class Builder {

    private final List<TenantSource> sources = new ArrayList<>();
    private TenantGrammar grammar = TenantGrammar.SLUG;
    private boolean trustsLambda;

    private Builder() {}

    /** One more source; all that say something must agree. */
    public Builder source(TenantSource value) {
      sources.add(value);
      return this;
    }

    /** What ids look like. */
    public Builder grammar(TenantGrammar value) {
      this.grammar = value;
      return this;
    }

    /** As {@link TenantIsolated#trustLambdaTenantId()}. */
    public Builder trustLambdaTenantId() {
      this.trustsLambda = true;
      return this;
    }

    /** Makes it. */
    public Tenancy build() {
      return new Tenancy(this);
    }
  }
}
