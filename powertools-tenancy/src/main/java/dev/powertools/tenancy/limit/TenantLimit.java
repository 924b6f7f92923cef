// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.Sneaky;
import dev.powertools.core.woven.Body;
import dev.powertools.tenancy.Tenants.Work;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits for each tenant around a piece of code, without an annotation. Make one for each resource
 * and keep it. Thread-safe.
 *
 * <pre>{@code
 * private final TenantLimit reports =
 *     TenantLimit.of(TenantLimitOptions.builder("reports").rate(50, Duration.ofSeconds(1)).build());
 *
 * Report render(Order order) {
 *   return reports.call(() -> renderer.render(order));
 * }
 * }</pre>
 *
 * <p>All that {@link TenantRateLimit} and {@link TenantBulkhead} say holds here. The runtime in
 * force at each call is used.
 */
public final class TenantLimit {

  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final TenantLimitOptions options;
  private volatile @Nullable Bound bound;

  private TenantLimit(TenantLimitOptions options) {
    this.options = options;
  }

  /** The chain of the runtime that was in force last: one for all calls, save in tests. */
  private record Bound(FunctionRuntime runtime, Chain chain) {}

  /** Limits by their options. */
  public static TenantLimit of(TenantLimitOptions options) {
    return new TenantLimit(options);
  }

  /**
   * Does the work, if the tenant in force may.
   *
   * @throws TenantLimitException if it has reached a limit
   * @throws dev.powertools.tenancy.NoTenantException if no tenant is in force
   * @throws X what the work throws, unchanged
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // what the work returns, which may be null
  public <T extends @Nullable Object, X extends Exception> T call(Work<? extends T, X> work)
      throws X {
    Body body = (target, arguments) -> work.run();
    FunctionRuntime runtime = FunctionRuntime.current();
    Optional<FunctionInvocation> current = FunctionInvocation.current();
    try {
      return (T)
          (current.isPresent()
              ? chain(runtime).call(current.get(), null, NO_ARGUMENTS, body)
              : Entry.adHoc(runtime, chain(runtime), null, NO_ARGUMENTS, body));
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  private Chain chain(FunctionRuntime runtime) {
    Bound present = bound;
    if (present == null || present.runtime != runtime) {
      present = new Bound(runtime, link(runtime));
      bound = present;
    }
    return present.chain;
  }

  private Chain link(FunctionRuntime runtime) {
    String resource = options.resource();
    JoinPoint place = JoinPoints.code(TenantLimit.class, resource, List.of(), Object.class, false);
    Links links = Links.of(place, runtime);
    options
        .concurrency()
        .ifPresent(
            c ->
                links.link(
                    LimitLinks.concurrency(runtime, resource, c, options.retryAfter()),
                    Phase.LIMIT,
                    Side.OWN,
                    0,
                    "TenantLimit"));
    options
        .rate()
        .ifPresent(
            rate ->
                links.link(
                    LimitLinks.rate(runtime, resource, rate, options.per()),
                    Phase.LIMIT,
                    Side.OWN,
                    1,
                    "TenantLimit"));
    return links.chain();
  }
}
