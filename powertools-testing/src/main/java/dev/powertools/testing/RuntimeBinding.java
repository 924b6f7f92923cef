// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LoopHook;
import dev.powertools.local.PointListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Puts the runtime of one execution environment in force around whatever it does. It is made when
 * the environment is initialised, as in production, so what it can't make is an initialisation
 * error; a cold start has a new one.
 */
final class RuntimeBinding implements LoopHook {

  private final FunctionOptions function;
  private final TestRuntimes runtimes;
  private final String initialization;
  private final @Nullable Watch watch;
  private volatile @Nullable FunctionRuntime runtime;

  RuntimeBinding(
      FunctionOptions function,
      TestRuntimes runtimes,
      String initialization,
      @Nullable Watch watch) {
    this.initialization = initialization;
    this.watch = watch;
    this.function = function;
    this.runtimes = runtimes;
  }

  @Override
  public <T> T aroundInit(Callable<T> init) throws Exception {
    FunctionRuntime made = runtimes.make(handlerClass(), Config.of(variables()));
    runtime = watch == null ? made : made.toBuilder().part(PointListener.class, watch).build();
    return bound(watch == null ? init : () -> watch.aroundInit(init));
  }

  @Override
  public <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
    return bound(watch == null ? invocation : () -> watch.aroundInvocation(requestId, invocation));
  }

  private <T> T bound(Callable<T> work) throws Exception {
    try (Scope.Attached ignored = Scope.of(Objects.requireNonNull(runtime)).attach()) {
      return work.call();
    }
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_REGION", function.region());
    variables.put("AWS_ACCESS_KEY_ID", "local"); // as Lambda has some, and never this machine's
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
    variables.putAll(function.environment());
    return variables;
  }

  /** None if it can't be loaded: the platform's own error tells of that, right after this. */
  private @Nullable Class<?> handlerClass() {
    String name = function.handler().replaceFirst("::.*", "");
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
