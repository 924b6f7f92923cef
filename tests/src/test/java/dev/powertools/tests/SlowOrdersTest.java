// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.Deadline;
import dev.powertools.batch.Parallel;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.Redelivery;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Outcome;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches in which one order takes longer than the function has. */
@FunctionTest
@Timeout(60)
class SlowOrdersTest {

  private final List<String> charged = new CopyOnWriteArrayList<>();

  /** How an order can take a minute. */
  enum Slowness {
    PAUSES {
      @Override
      void take(Duration duration, TestClock clock) throws InterruptedException {
        FunctionInvocation.current().orElseThrow().pause(duration);
      }
    },
    SLEEPS {
      @Override
      void take(Duration duration, TestClock clock) throws InterruptedException {
        clock.sleep(duration);
      }
    },
    HEARS_NO_INTERRUPT {
      @Override
      void take(Duration duration, TestClock clock) {
        clock.advance(duration);
      }
    };

    abstract void take(Duration duration, TestClock clock) throws InterruptedException;
  }

  /** Takes as long as it is told for the first delivery of {@code slow}. */
  static class Orders extends SqsBatchHandler<String> {

    private final List<String> charged;
    private final Slowness slowness;
    private final TestClock clock;

    Orders(List<String> charged, Slowness slowness, TestClock clock) {
      this.charged = charged;
      this.slowness = slowness;
      this.clock = clock;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) throws InterruptedException {
      if (order.equals("slow") && record.receiveCount() == 1) {
        slowness.take(Duration.ofMinutes(1), clock);
      }
      charged.add(order);
      return Outcome.done();
    }
  }

  /** The same, three at a time, with all that can be said about a batch. */
  @DeadLetter
  @Deadline(reserve = "2s")
  @Parallel(max = 3)
  @Redelivery
  static class ParallelOrders extends Orders {

    ParallelOrders(List<String> charged, Slowness slowness, TestClock clock) {
      super(charged, slowness, clock);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_done_is_done_and_the_rest_comes_again(Slowness slowness, Functions functions) {
    functions.timeout(Duration.ofSeconds(30));
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(charged, slowness, functions.clock()))
            .visibility(Duration.ofMinutes(3))
            .start();

    orders.send("o-1", "slow", "o-3");
    orders.drain();

    assertThat(charged).containsOnlyOnce("o-1", "o-3");
    assertThat(charged) // who hears no interrupt comes to an end as well, too late for the batch
        .filteredOn("slow"::equals)
        .hasSizeBetween(1, slowness == Slowness.HEARS_NO_INTERRUPT ? 2 : 1);
    assertThat(orders.source()).isEmpty();
    orders.assertNothingLost();
  }

  @Test
  void side_by_side_the_others_are_not_held_up(Functions functions) {
    functions.timeout(Duration.ofSeconds(90));
    var orders =
        functions
            .sqs(
                "orders",
                ParallelOrders.class,
                () -> new ParallelOrders(charged, Slowness.PAUSES, functions.clock()))
            .start();

    orders.send("slow", "o-2", "o-3", "o-4", "o-5");
    orders.drain();

    assertThat(charged).hasSize(5).endsWith("slow");
    assertThat(Duration.ofNanos(functions.clock().nanoTime())).isEqualTo(Duration.ofMinutes(1));
  }
}
