// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.RecordContext;
import dev.powertools.testing.DeadLettered;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The function behind its queue, until the queue is empty. */
@FunctionTest
class OrderQueueTest {

  private final List<String> charged = new ArrayList<>();

  /** For customers called busy it has time at the second delivery, for ghosts never. */
  private void charge(OrderPlaced order, RecordContext message) {
    boolean busy = order.customer().equals("busy") && message.receiveCount() == 1;
    if (busy || order.customer().equals("ghost")) {
      throw new PaymentsBusy(order.orderId());
    }
    charged.add(order.orderId());
  }

  private SqsTestQueue orders;

  // region set-up
  @BeforeEach
  void placeTheQueue(Functions functions) {
    orders =
        functions
            .environment("ORDERS_DLQ_URL", "http://localhost/000000000000/orders-dlq")
            .timeout(Duration.ofSeconds(10))
            .with(Payments.class, this::charge)
            .sqs("orders", OrderHandler.class)
            .visibility(Duration.ofSeconds(30))
            .maxReceives(3)
            .start();
  }

  // endregion

  // region queue
  @Test
  void each_order_is_charged_once_or_parked_and_none_is_lost() {
    orders.send(
        new OrderPlaced("o-1", 500, "busy"),
        new OrderPlaced("o-2", 900, "ada"),
        new OrderPlaced("o-2", 900, "ada"),
        new OrderPlaced("o-3", 0, "eve"),
        new OrderPlaced("o-4", 100, "ghost"));

    orders.drain();

    assertThat(charged).containsExactly("o-2", "o-1");
    assertThat(orders.source()).isEmpty();
    assertThat(orders.deadLetters())
        .extracting(DeadLettered::reason)
        .containsExactly("PERMANENT", "EXHAUSTED"); // o-3 at once, o-4 on its last receive
    orders.assertNothingLost();
  }

  // endregion

  @Test
  void a_busy_order_comes_back_when_its_visibility_ends(Functions functions) {
    orders.send(new OrderPlaced("o-1", 500, "busy"));

    orders.drain();

    assertThat(charged).containsExactly("o-1");
    assertThat(functions.clock().nanoTime()).isEqualTo(Duration.ofSeconds(30).toNanos());
  }

  // region explain
  @Test
  void poison_has_a_story() {
    String ghost = orders.send(new OrderPlaced("o-4", 100, "ghost")).get(0);

    orders.drain();

    assertThat(orders.explain(ghost).replaceAll("[0-9a-f-]{36}", "<id>"))
        .isEqualTo(
            """
            message 1 (<id>) {"orderId":"o-4","cents":100,"customer":"ghost"}
              +00:00:00.000  sent to orders
              +00:00:00.000  receive 1 from orders, hidden until +00:00:30.000
              +00:00:00.000  returns at +00:00:30.000: batch 1, request <id>: 1 of 1 reported as failed
              +00:00:30.000  receive 2 from orders, hidden until +00:01:00.000
              +00:00:30.000  returns at +00:01:00.000: batch 2, request <id>: 1 of 1 reported as failed
              +00:01:00.000  receive 3 from orders, hidden until +00:01:30.000
              +00:01:00.000  deleted: batch 3, request <id>: complete success: empty batchItemFailures
            """);
  }
  // endregion
}
