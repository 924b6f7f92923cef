// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@FunctionTest
class EveryOrderTest {

  /** What the handlers of one order share. */
  static final class State {
    final List<String> trail = new CopyOnWriteArrayList<>();
    final CountDownLatch latch = new CountDownLatch(1);
    volatile int value;

    static State current() {
      return FunctionRuntime.current().part(State.class).orElseThrow();
    }
  }

  private State state = new State();

  private void anew(Functions fresh) {
    state = new State();
    fresh.with(State.class, state);
  }

  public static class Points2 implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      Points.reach("one");
      State.current().trail.add(event);
      Points.reach("two");
      return event;
    }
  }

  public static class LosesUpdates implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      int read = State.current().value;
      Points.reach("read");
      State.current().value = read + 1;
      return "done";
    }
  }

  public static class Locks implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      State shared = State.current();
      synchronized (shared.trail) {
        shared.trail.add("in");
        Points.reach("inside");
        shared.trail.add("out");
      }
      return "done";
    }
  }

  public static class Waits implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      Points.reach("ready");
      try {
        if (event.equals("waits")) {
          State.current().latch.await();
        } else {
          State.current().latch.countDown();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return event;
    }
  }

  public static class Charges implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      State shared = State.current();
      try {
        Points.reach("before charge");
        shared.trail.add("charged");
        Points.reach("charged");
        shared.trail.add("booked");
      } finally {
        shared.trail.add("finally");
      }
      return "done";
    }
  }

  public static class Clock implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      Instant before = FunctionRuntime.current().timing().now();
      Points.reach("between");
      Instant after = FunctionRuntime.current().timing().now();
      return Duration.between(before, after).toString();
    }
  }

  public static class Moody implements RequestHandler<String, String> {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public String handleRequest(String event, Context context) {
      if (CALLS.incrementAndGet() <= 2) {
        Points.reach("in a good mood");
      }
      return "done";
    }
  }

  public static class Endless implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      while (true) {
        Points.reach("again");
      }
    }
  }

  @Test
  void all_interleavings_of_two_deliveries_are_run_each_once(Functions functions) {
    Set<String> schedules = new HashSet<>();

    int orders =
        functions
            .everyOrder()
            .of("a", "b")
            .given(this::anew)
            .to(Points2.class)
            .check(order -> assertThat(schedules.add(order.schedule())).isTrue());

    assertThat(orders).isEqualTo(20); // held three times each: 6 over 3
    assertThat(schedules).hasSize(20).contains("A A A B B B", "A B A B A B", "B B B A A A");
  }

  @Test
  void three_deliveries_too(Functions functions) {
    assertThat(
            functions
                .everyOrder()
                .of("a", "b", "c")
                .given(this::anew)
                .to(LosesUpdates.class)
                .check(order -> {}))
        .isEqualTo(90); // 6! / (2! 2! 2!)
  }

  @Test
  void the_steps_happen_in_the_order_that_is_told(Functions functions) {
    functions
        .everyOrder()
        .of("A", "B")
        .given(this::anew)
        .to(Points2.class)
        .check(
            order -> {
              List<String> secondSteps = new ArrayList<>();
              int a = 0;
              int b = 0;
              for (String step : order.schedule().split(" ", -1)) {
                if ((step.equals("A") ? ++a : ++b) == 2) {
                  secondSteps.add(step);
                }
              }
              assertThat(state.trail).isEqualTo(secondSteps);
            });
  }

  @Test
  void a_race_is_found_every_time_and_its_order_is_told(Functions functions) {
    EveryOrder twoDeliveries =
        functions.everyOrder().of("a", "b").given(this::anew).to(LosesUpdates.class);

    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> twoDeliveries.check(order -> assertThat(state.value).isEqualTo(2)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("in order 2:")
          .hasMessageContaining("  1. A: start -> read\n")
          .hasMessageContaining("  2. B: start -> read\n")
          .hasMessageContaining("  3. A: read -> answered \"done\"\n")
          .hasMessageContaining("To run this order alone: .only(\"A B A B\")");
    }
  }

  @Test
  void one_order_can_be_run_alone(Functions functions) {
    EveryOrder one =
        functions
            .everyOrder()
            .of("a", "b")
            .given(this::anew)
            .to(LosesUpdates.class)
            .only("A B A B");

    assertThat(one.check(order -> assertThat(state.value).isEqualTo(1))).isEqualTo(1);
    assertThatThrownBy(() -> one.only("A A A").check(order -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Step 3 of only(\"A A A\") is A")
        .hasMessageContaining("[B]");
  }

  @Test
  void events_that_differ_are_invocations_of_their_own_and_equal_ones_a_retry(Functions functions) {
    functions
        .everyOrder()
        .of("a", "a", "b")
        .given(this::anew)
        .to(LosesUpdates.class)
        .check(
            order -> {
              List<String> ids = order.responses().stream().map(TestResponse::requestId).toList();
              assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
            });
  }

  @Nested
  class A_delivery_that_waits {

    @Test
    void for_a_lock_of_another_is_left_until_it_has_it(Functions functions) {
      int orders =
          functions
              .everyOrder()
              .of("a", "b")
              .given(EveryOrderTest.this::anew)
              .to(Locks.class)
              .check(order -> assertThat(state.trail).containsExactly("in", "out", "in", "out"));

      assertThat(orders).isEqualTo(4);
    }

    @Test
    void for_a_sign_of_another_is_left_until_that_comes(Functions functions) {
      int orders =
          functions
              .everyOrder()
              .of("waits", "signals")
              .given(EveryOrderTest.this::anew)
              .to(Waits.class)
              .check(order -> assertThat(order.succeeded()).hasSize(2));

      assertThat(orders).isBetween(4, 6);
    }
  }

  @Nested
  class With_disasters {

    @Test
    void a_delivery_dies_at_each_of_its_points_and_nothing_of_it_runs_on(Functions functions) {
      Set<List<String>> trails = new HashSet<>();

      functions
          .everyOrder()
          .of("a")
          .given(EveryOrderTest.this::anew)
          .to(Charges.class)
          .withCrashes()
          .check(
              order -> {
                trails.add(List.copyOf(state.trail));
                assertThat(order.crashed()).isEqualTo(order.succeeded().isEmpty());
                if (order.crashed()) {
                  assertThat(order.responses().get(0).error())
                      .hasValueSatisfying(
                          error -> assertThat(error.type()).isEqualTo("Runtime.ExitError"));
                }
              });

      assertThat(trails)
          .containsExactlyInAnyOrder(
              List.of(), List.of("charged"), List.of("charged", "booked", "finally"));
    }

    @Test
    void the_other_delivery_goes_on_when_one_dies(Functions functions) {
      int orders =
          functions
              .everyOrder()
              .of("a", "b")
              .given(EveryOrderTest.this::anew)
              .to(LosesUpdates.class)
              .withCrashes()
              .check(order -> assertThat(order.succeeded()).hasSize(order.crashed() ? 1 : 2));

      assertThat(orders).isEqualTo(6 + 6 + 6); // nobody dies, or A, or B
    }

    @Test
    void time_passes_at_each_step_once(Functions functions) {
      Set<String> answers = new HashSet<>();

      int orders =
          functions
              .timeout(Duration.ofSeconds(7))
              .everyOrder()
              .of("a")
              .to(Clock.class)
              .withLeaseExpiry()
              .check(
                  order -> {
                    answers.add(order.responses().get(0).text());
                    assertThat(order.toString().contains("PT10S pass"))
                        .isEqualTo(order.timePassed());
                  });

      assertThat(orders).isEqualTo(2);
      assertThat(answers).containsExactlyInAnyOrder("\"PT0S\"", "\"PT10S\"");
    }
  }

  @Nested
  class What_cannot_be_explored {

    @Test
    void too_many_orders(Functions functions) {
      EveryOrder cut =
          functions
              .everyOrder()
              .of("a", "b")
              .given(EveryOrderTest.this::anew)
              .to(Points2.class)
              .atMost(19);

      assertThatThrownBy(() -> cut.check(order -> {}))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("more than 19 orders, and the first 19 are right")
          .hasMessageContaining("atMost(n)");
      assertThat(cut.atMost(20).check(order -> {})).isEqualTo(20);
    }

    @Test
    void deliveries_that_do_not_repeat_what_they_did(Functions functions) {
      assertThatThrownBy(
              () -> functions.everyOrder().of("a", "b").to(Moody.class).check(order -> {}))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("don't do the same each time")
          .hasMessageContaining("with(type, supplier)");
    }

    @Test
    void an_order_without_end(Functions functions) {
      assertThatThrownBy(() -> functions.everyOrder().of("a").to(Endless.class).check(order -> {}))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("did not end within 2000 steps")
          .hasMessageContaining("again -> again");
    }

    @Test
    void a_function_that_cannot_start(Functions functions) {
      assertThatThrownBy(() -> functions.everyOrder().of("a").to("com.acme.No").check(order -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Delivery A could not be invoked")
          .hasStackTraceContaining("Class not found: com.acme.No");
    }

    @Test
    void nothing(Functions functions) {
      assertThatThrownBy(() -> functions.everyOrder().check(order -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(".of(event, event).to(OrderHandler.class)");
      assertThatThrownBy(() -> functions.everyOrder().of())
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_store_that_knows_the_order_before(Functions functions, TestStore store) {
      functions.with(dev.powertools.idempotency.spi.IdempotencyStore.class, store);

      assertThatThrownBy(
              () ->
                  functions
                      .everyOrder()
                      .of("a", "b")
                      .given(EveryOrderTest.this::anew)
                      .to(Points2.class)
                      .check(order -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("would share one store");
    }
  }

  @Test
  void parallel_tests_do_not_see_each_other() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<Integer>> explored = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      explored.add(pool.submit(EveryOrderTest::explore));
    }
    for (Future<Integer> each : explored) {
      assertThat(each.get()).isEqualTo(20);
    }
    pool.shutdown();
  }

  private static int explore() {
    List<State> states = new ArrayList<>();
    try (Functions functions = Functions.start()) {
      return functions
          .everyOrder()
          .of("a", "b")
          .given(
              fresh -> {
                states.add(new State());
                fresh.with(State.class, states.get(states.size() - 1));
              })
          .to(Points2.class)
          .check(order -> assertThat(states.get(states.size() - 1).trail).hasSize(2));
    }
  }
}
