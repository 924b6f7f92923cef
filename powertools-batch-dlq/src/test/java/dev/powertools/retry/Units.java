// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.batch.TestTiming;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.Sneaky;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Units of work of tests, on a clock that moves only when somebody sleeps. */
final class Units {

  final TestTiming clock = new TestTiming();
  final List<Signal> signals = Collections.synchronizedList(new ArrayList<>());
  private RetryBudget budget = RetryBudget.defaults();
  private long seed;

  /** With another budget than the default. */
  Units budget(RetryBudget value) {
    this.budget = value;
    return this;
  }

  Units seed(long value) {
    this.seed = value;
    return this;
  }

  FunctionRuntime runtime() {
    return FunctionRuntime.builder()
        .config(Config.of(Map.of()))
        .timing(clock)
        .listener((signal, invocation) -> signals.add(signal))
        .part(Random.class, new Random(seed))
        .part(RetryBudget.class, budget)
        .build();
  }

  /** An invocation that has so much time. */
  LiveInvocation invocation(FunctionRuntime runtime, Duration timeout) {
    long end = clock.nanoTime() + timeout.toNanos();
    Context context =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getRemainingTimeInMillis" ->
                          (int) ((end - clock.nanoTime()) / 1_000_000);
                      case "getAwsRequestId" -> "request";
                      default -> null;
                    });
    return LiveInvocation.under(runtime).context(context).open();
  }

  LiveInvocation invocation(Duration timeout) {
    return invocation(runtime(), timeout);
  }

  static @Nullable Object in(LiveInvocation invocation, Call call) {
    try {
      return Scope.of(invocation).call(call);
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  List<String> signalNames() {
    return signals.stream().map(Signal::name).toList();
  }
}
