// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders that fail, or hang, until their queue gives them up. */
@FunctionTest
@Timeout(60)
class SuspectOrdersTest {

  private final List<String> ran = new CopyOnWriteArrayList<>();

  static class Orders extends SqsBatchHandler<String> {

    private final List<String> ran;
    private final TestClock clock;

    Orders(List<String> ran, TestClock clock) {
      this.ran = ran;
      this.clock = clock;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) {
      ran.add(order + " " + record.receiveCount());
      if (order.startsWith("bad")) {
        throw new IllegalStateException("no answer");
      }
      if (order.startsWith("hangs")) {
        clock.advance(Duration.ofMinutes(5));
      }
      return Outcome.done();
    }
  }

  // region poison
  @DeadLetter(poisonAfterReceives = 3)
  static class WaryOrders extends Orders {
    // endregion

    WaryOrders(List<String> ran, TestClock clock) {
      super(ran, clock);
    }
  }

  @Test
  void what_fails_on_its_last_receive_keeps_its_failure(Functions functions) {
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(ran, functions.clock()))
            .maxReceives(4)
            .start();

    orders.send("o-1", "bad", "o-2");
    orders.drain();

    assertThat(ran).containsExactly("o-1 1", "bad 1", "o-2 1", "bad 2", "bad 3", "bad 4");
    assertThat(orders.deadLetters())
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.failure().reason()).isEqualTo("EXHAUSTED");
              assertThat(m.failure().exception()).isEqualTo(IllegalStateException.class.getName());
            });
    orders.assertNothingLost();
  }

  @Test
  void in_a_group_the_rest_goes_on_after_it(Functions functions) {
    var orders =
        functions
            .sqs("orders.fifo", Orders.class, () -> new Orders(ran, functions.clock()))
            .maxReceives(2)
            .start();

    orders.send("bad", "o-2");
    orders.drain();

    assertThat(ran).containsExactly("bad 1", "bad 2", "o-2 2");
    assertThat(orders.deadLetters()).hasSize(1);
    orders.assertNothingLost();
  }

  @Test
  void poison_is_parked_unrun(Functions functions) {
    var orders =
        functions
            .sqs("orders", WaryOrders.class, () -> new WaryOrders(ran, functions.clock()))
            .maxReceives(5)
            .start();

    orders.send("bad");
    orders.drain();

    assertThat(ran).containsExactly("bad 1", "bad 2", "bad 3");
    assertThat(orders.deadLetters())
        .singleElement()
        .satisfies(m -> assertThat(m.failure().reason()).isEqualTo("POISON"));
  }
}
