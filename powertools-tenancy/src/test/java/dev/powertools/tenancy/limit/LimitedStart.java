// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/** Links a limited method, and calls it: a program of its own. */
final class LimitedStart {

  static final String LINKED = "-- linked";
  static final String CALLED = "-- called";

  private LimitedStart() {}

  @TenantBulkhead(max = 2)
  @TenantRateLimit(permits = 2)
  void limited() {}

  public static void main(String[] args) throws Exception {
    FunctionRuntime runtime = FunctionRuntime.builder().build();
    Method method = LimitedStart.class.getDeclaredMethod("limited");
    Chain chain =
        Links.of(JoinPoints.method(method, false), runtime)
            .annotations(List.of(method.getAnnotations()))
            .chain();
    System.out.println(LINKED);
    try (var scope = Scope.of(runtime).attach()) {
      Tenancy.of(TenantSource.of("test", Trust.VERIFIED, work -> Optional.of("acme")))
          .call(null, null, () -> called(chain));
    }
    System.out.println(CALLED);
  }

  private static Object called(Chain chain) {
    try {
      return chain.call(Scope.currentInvocation(), null, new Object[0], (target, a) -> "done");
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
