// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.core.internal.RuntimeResolver;
import dev.powertools.core.internal.Scope;
import dev.powertools.local.LoopHook;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Gives an execution environment a runtime of its own, as a process would have: what the function's
 * classes configure is looked up in their class loader, and ends with it.
 */
final class RuntimeBinding implements LoopHook {
  private final String handler;
  private final ClassLoader loader;
  private volatile @Nullable FunctionRuntime runtime;

  RuntimeBinding(String handler, ClassLoader loader) {
    this.handler = handler;
    this.loader = loader;
  }

  @Override
  public <T> T aroundInit(Callable<T> init) throws Exception {
    FunctionRuntime made = make();
    runtime = made;
    return bound(made, init);
  }

  @Override
  public <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
    FunctionRuntime made = runtime;
    return made == null ? invocation.call() : bound(made, invocation);
  }

  private static <T> T bound(FunctionRuntime runtime, Callable<T> work) throws Exception {
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      return work.call();
    }
  }

  private FunctionRuntime make() {
    Class<?> type;
    try {
      type = Class.forName(handler, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return FunctionRuntime.builder().build(); // the runtime client tells of it
    }
    return type.isAnnotationPresent(PowertoolsConfig.class)
        ? RuntimeResolver.forReceiver(type)
        : ServiceLoader.load(RuntimeProvider.class, loader)
            .findFirst()
            .map(RuntimeProvider::runtime)
            .orElseGet(() -> FunctionRuntime.builder().build());
  }
}
