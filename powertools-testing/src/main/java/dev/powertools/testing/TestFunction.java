// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InProcessOptions;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.LoopHook;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function under test: it takes bytes and answers with bytes, through the production runtime
 * client and its serialisation. The first invocation of a function is a cold start, the others are
 * warm. Thread-safe; concurrent invocations have an execution environment each, up to eight.
 */
public final class TestFunction implements AutoCloseable {

  private static final int MAX_CONCURRENCY = 8;

  private final LocalFunction function;

  TestFunction(Functions functions, String handler, @Nullable Supplier<?> instance) {
    FunctionOptions options =
        FunctionOptions.builder(handler)
            .timeout(functions.timeout())
            .environment(functions.environment())
            .maxConcurrency(MAX_CONCURRENCY)
            .build();
    FunctionRuntime runtime = functions.runtimeFor(options.name());
    InProcessOptions.Builder inProcess =
        InProcessOptions.builder().timing(functions.clock()).hook(new Binding(runtime));
    if (instance != null) {
      inProcess.instance(instance);
    }
    this.function = LocalFunction.inProcess(options, inProcess.build());
  }

  /** Puts the test's runtime in force around whatever the function does. */
  private record Binding(FunctionRuntime runtime) implements LoopHook {
    @Override
    public <T> T aroundInit(Callable<T> init) throws Exception {
      return bound(init);
    }

    @Override
    public <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
      return bound(invocation);
    }

    private <T> T bound(Callable<T> work) throws Exception {
      try (Scope.Attached ignored = Scope.of(runtime).attach()) {
        return work.call();
      }
    }
  }

  /**
   * Invokes the function with an event object, written as JSON: events of aws-lambda-java-events
   * and beans by the production serialiser; records, maps and simple values by the toolkit's own.
   */
  public TestResponse invoke(@Nullable Object event) {
    return invokeBytes(Events.json(event));
  }

  /** Invokes the function with JSON text. */
  public TestResponse invokeJson(String json) {
    return invokeBytes(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Invokes the function with the very bytes. */
  public TestResponse invokeBytes(byte[] event) {
    return new TestResponse(function.invoke(event));
  }

  /** Invokes the function with the very bytes, and says how: request id, tenant, trace. */
  public TestResponse invokeBytes(byte[] event, Consumer<InvokeOptions.Builder> how) {
    InvokeOptions.Builder options = InvokeOptions.builder();
    how.accept(options);
    return new TestResponse(function.invoke(event, options.build()));
  }

  @Override
  public void close() {
    function.close();
  }
}
