// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Propagation;
import dev.powertools.local.PointListener;
import dev.powertools.local.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A function dies at its deadline, on the test's clock, as on Lambda. */
@FunctionTest
class DeadlineTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> steps = new CopyOnWriteArrayList<>();

  /** Waits as told, and writes down what it gets to do. */
  class Patient extends FunctionHandler<Long, String> {
    @Override
    protected String handle(Long seconds, Context context) throws InterruptedException {
      steps.add("begin");
      try {
        FunctionInvocation.current().orElseThrow().pause(Duration.ofSeconds(seconds));
        return "rested";
      } finally {
        steps.add("finally");
      }
    }
  }

  private TestFunction patient(Functions functions) {
    return functions.timeout(Duration.ofSeconds(10)).function(Patient.class, Patient::new);
  }

  @Test
  void the_caller_gets_lambdas_words_and_time_stands_at_the_deadline(
      Functions functions, TestClock clock) {
    TestResponse late = patient(functions).invokeJson("25", as -> as.requestId("r-1"));

    assertThat(late.text())
        .isEqualTo(
            "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":"
                + "\"RequestId: r-1 Error: Task timed out after 10.00 seconds\"}");
    assertThat(clock.now()).isEqualTo(START.plusSeconds(10));
  }

  @Test
  void nothing_of_it_runs_on(Functions functions, TestClock clock) {
    TestFunction function = patient(functions);

    function.invokeJson("25");
    clock.advance(Duration.ofMinutes(5));
    function.invokeJson("1");

    assertThat(steps).containsExactly("begin", "begin", "finally");
  }

  @Test
  void nor_when_the_test_is_over(TestClock clock) {
    try (Functions functions = Functions.start()) {
      patient(functions).invokeJson("25");
    }

    assertThat(steps).containsExactly("begin");
  }

  @Test
  void the_next_call_is_cold(Functions functions) {
    TestFunction function = patient(functions);

    assertThat(function.invokeJson("1").coldStart()).isTrue();
    assertThat(function.invokeJson("1").coldStart()).isFalse();
    assertThat(function.invokeJson("10").error()).isPresent();
    assertThat(function.invokeJson("1").coldStart()).isTrue();
  }

  @Test
  void a_wait_that_ends_just_before_it_is_none_of_its_business(
      Functions functions, TestClock clock) {
    TestFunction function = patient(functions);

    assertThat(function.invokeJson("9").text()).isEqualTo("\"rested\"");
    assertThat(function.invokeJson("9").text()).isEqualTo("\"rested\"");
    assertThat(clock.now()).isEqualTo(START.plusSeconds(18));
  }

  @Nested
  class A_collaborator {

    @Test
    void that_takes_its_time_takes_the_handler_with_it(Functions functions, TestClock clock) {
      TestFunction function =
          functions
              .timeout(Duration.ofSeconds(3))
              .function(Calling.class, () -> new Calling(() -> clock.advance(Duration.ofHours(1))));

      assertThat(function.invokeJson("1").error()).isPresent();
      assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
      assertThat(steps).isEmpty();
    }
  }

  class Calling extends FunctionHandler<Long, String> {

    private final Runnable collaborator;

    Calling(Runnable collaborator) {
      this.collaborator = collaborator;
    }

    @Override
    protected String handle(Long event, Context context) {
      try {
        collaborator.run();
        return "done";
      } finally {
        steps.add("finally");
      }
    }
  }

  @Nested
  class Threads {

    private final ExecutorService pool =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });

    @Test
    void that_the_invocation_started_die_with_it(Functions functions, TestClock clock) {
      TestFunction function =
          functions.timeout(Duration.ofSeconds(3)).function(Forking.class, Forking::new);

      assertThat(function.invokeJson("4").error()).isPresent();
      assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
      assertThat(steps).isEmpty();
    }

    @Test
    void that_outlive_their_invocation_are_left_alone(Functions functions, TestClock clock)
        throws Exception {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch answered = new CountDownLatch(1);
      Future<?>[] left = new Future<?>[1];
      TestFunction function =
          functions
              .timeout(Duration.ofSeconds(3))
              .function(
                  Calling.class,
                  () ->
                      new Calling(
                          () -> {
                            left[0] =
                                pool.submit(
                                    Propagation.wrapCallable(
                                        () -> {
                                          started.countDown();
                                          answered.await();
                                          clock.sleep(Duration.ofMinutes(1));
                                          return null;
                                        }));
                            awaitQuietly(started);
                          }));

      assertThat(function.invokeJson("1").text()).isEqualTo("\"done\"");
      answered.countDown();
      left[0].get();

      assertThat(clock.now()).isEqualTo(START.plusSeconds(60));
    }

    class Forking extends FunctionHandler<Long, String> {
      @Override
      protected String handle(Long seconds, Context context) throws Exception {
        FunctionInvocation invocation = FunctionInvocation.current().orElseThrow();
        try {
          pool.submit(
                  Propagation.wrapCallable(
                      () -> {
                        invocation.pause(Duration.ofSeconds(seconds));
                        return steps.add("child");
                      }))
              .get();
          return "done";
        } finally {
          steps.add("finally");
        }
      }
    }
  }

  @Nested
  class Held_at_a_point {

    private final CountDownLatch there = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void it_dies_there_when_the_test_moves_the_clock(Functions functions, TestClock clock)
        throws Exception {
      functions.with(
          PointListener.class,
          point -> {
            there.countDown();
            awaitQuietly(goOn);
          });
      TestFunction function =
          functions
              .timeout(Duration.ofSeconds(3))
              .function(Calling.class, () -> new Calling(() -> Points.reach("charged")));
      ExecutorService caller = Executors.newSingleThreadExecutor();
      Future<TestResponse> late = caller.submit(() -> function.invokeJson("1"));
      there.await();

      clock.advance(Duration.ofMinutes(1));

      assertThat(late.get().error()).isPresent();
      goOn.countDown();
      assertThat(function.invokeJson("1").coldStart()).isTrue();
      assertThat(steps).containsExactly("finally");
      caller.shutdown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
