// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InProcessFunctionTest extends LocalFunctionContract {

  @Override
  LocalFunction start(FunctionOptions options) {
    return LocalFunction.inProcess(options);
  }

  private LocalFunction with(Class<?> handler, InProcessOptions.Builder options) {
    return started(LocalFunction.inProcess(FunctionOptions.of(handler), options.build()));
  }

  /** A handler with a collaborator: nothing that production could construct. */
  private record Pricing(int factor) implements RequestHandler<Handlers.Order, Handlers.Order> {
    @Override
    public Handlers.Order handleRequest(Handlers.Order order, Context context) {
      order.setCents(order.getCents() * factor);
      order.setId(context.getFunctionName());
      return order;
    }
  }

  @Test
  void a_ready_made_handler_goes_through_productions_serialiser() {
    LocalFunction function =
        with(Pricing.class, InProcessOptions.builder().instance(() -> new Pricing(3)));

    assertThat(function.invoke("{\"cents\":5}".getBytes(UTF_8)).text())
        .contains("\"cents\":15", "Pricing");
  }

  @Test
  void a_ready_made_stream_handler_works_too() {
    LocalFunction function =
        with(Handlers.Echo.class, InProcessOptions.builder().instance(Handlers.Echo::new));

    assertThat(function.invoke(EMPTY).text()).isEqualTo("{}");
  }

  @Test
  void a_lambda_has_no_types_and_is_refused() {
    RequestHandler<String, String> lambda = (event, context) -> event;
    LocalFunction function =
        with(RequestHandler.class, InProcessOptions.builder().instance(() -> lambda));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("use a class");
  }

  @Test
  void an_object_that_is_no_handler_is_refused() {
    LocalFunction function =
        with(String.class, InProcessOptions.builder().instance(() -> "not a handler"));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void a_supplier_that_throws_is_an_init_error() {
    LocalFunction function =
        with(
            Pricing.class,
            InProcessOptions.builder()
                .instance(
                    () -> {
                      throw new IllegalStateException("no pricing today");
                    }));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("no pricing today");
  }

  /** Waits for ever, and tells when it was interrupted. */
  private record Waiting(CountDownLatch interrupted) implements RequestHandler<Object, String> {
    @Override
    public String handleRequest(Object event, Context context) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return "too late";
    }
  }

  @Test
  void past_the_deadline_the_handler_is_interrupted_and_its_answer_dropped() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    LocalFunction function =
        started(
            LocalFunction.inProcess(
                FunctionOptions.builder("Waiting").timeout(Duration.ofMillis(200)).build(),
                InProcessOptions.builder().instance(() -> new Waiting(interrupted)).build()));

    InvocationResult result = function.invoke(EMPTY);

    assertThat(result.text()).contains("Sandbox.Timedout");
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_handler_that_neither_answers_nor_lets_its_clock_run_is_told_of() {
    LocalFunction function =
        with(
            Handlers.Hanging.class,
            InProcessOptions.builder()
                .timing(VirtualClock.start())
                .patience(Duration.ofMillis(100)));

    assertThatThrownBy(() -> function.invoke("{\"hang\":1}".getBytes(UTF_8)))
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("Handlers$Hanging' did not answer within 0.1 s")
        .hasMessageContaining("3.0 s before its deadline")
        .hasMessageContaining("dev.powertools.local.Handlers$Hanging.handleRequest(");
    assertThat(function.invoke(EMPTY).coldStart()).isTrue();
  }

  @Test
  void the_hook_runs_around_init_and_each_invocation_on_the_loops_thread() {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    LoopHook hook =
        new LoopHook() {
          @Override
          public <T> T aroundInit(Callable<T> init) throws Exception {
            events.add("init on " + Thread.currentThread().getName());
            return init.call();
          }

          @Override
          public <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
            events.add("before " + requestId + " on " + Thread.currentThread().getName());
            try {
              return invocation.call();
            } finally {
              events.add("after " + requestId);
            }
          }
        };
    LocalFunction function = with(Handlers.Throwing.class, InProcessOptions.builder().hook(hook));

    InvocationResult result =
        function.invoke(EMPTY, InvokeOptions.builder().requestId("r").build());

    assertThat(events)
        .containsExactly(
            "init on function-Handlers-Throwing",
            "before r on function-Handlers-Throwing",
            "after r");
    assertThat(result.error())
        .hasValueSatisfying(error -> assertThat(error.message()).isEqualTo("no stock"));
  }

  @Test
  void the_remaining_time_follows_the_given_clock() {
    Instant[] now = {Instant.parse("2030-01-01T00:00:00Z")};
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return now[0];
          }

          @Override
          public long nanoTime() {
            return now[0].toEpochMilli() * 1_000_000;
          }

          @Override
          public void sleep(Duration duration) {
            now[0] = now[0].plus(duration);
          }

          @Override
          public Cancellable schedule(Duration delay, Runnable task) {
            throw new AssertionError("nothing is planned here");
          }
        };
    RequestHandler<Object, List<Integer>> handler =
        new RequestHandler<>() {
          @Override
          public List<Integer> handleRequest(Object event, Context context) {
            int first = context.getRemainingTimeInMillis();
            now[0] = now[0].plusSeconds(1);
            int second = context.getRemainingTimeInMillis();
            now[0] = now[0].plusSeconds(60);
            return List.of(first, second, context.getRemainingTimeInMillis());
          }
        };
    LocalFunction function =
        with(handler.getClass(), InProcessOptions.builder().timing(timing).instance(() -> handler));

    assertThat(function.invoke(EMPTY).text()).isEqualTo("[3000,2000,0]");
  }

  @Test
  void the_runtime_clients_account_of_an_error_goes_to_the_output() {
    List<String> output = Collections.synchronizedList(new ArrayList<>());
    LocalFunction function =
        with(Handlers.Throwing.class, InProcessOptions.builder().output(output::add));

    function.invoke(EMPTY);
    function.invoke(EMPTY);

    assertThat(output).contains("no stock: java.lang.IllegalStateException");
  }

  @Test
  void this_jvm_is_left_as_it_was() {
    String algorithms = Security.getProperty("jdk.tls.disabledAlgorithms");
    String ttl = Security.getProperty("networkaddress.cache.negative.ttl");
    Object out = System.out;

    function(Handlers.Counting.class).invoke(EMPTY);

    assertThat(Security.getProperty("jdk.tls.disabledAlgorithms"))
        .isEqualTo(algorithms)
        .contains("TLSv1");
    assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo(ttl);
    assertThat(System.out).isSameAs(out);
  }

  @Test
  void a_warm_call_is_quick() {
    LocalFunction function = function(Handlers.Counting.class);
    function.invoke(EMPTY);

    long start = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      function.invoke(EMPTY);
    }
    Duration each = Duration.ofNanos((System.nanoTime() - start) / 200);

    assertThat(each).isLessThan(Duration.ofMillis(20));
  }
}
