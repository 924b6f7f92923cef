// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.core.PowertoolsException;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handler behind its queue, as long as it takes until the queue is empty. */
@FunctionTest
class OrdersQueueTest {

  private final List<String> charged = new ArrayList<>();

  record Order(String orderId, long cents) {}

  @Permanent
  static final class InvalidOrder extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidOrder(String message) {
      super(message);
    }
  }

  /**
   * Parks what has no price; what is flaky fails at first, what is poison always; what is patient
   * always asks for more time.
   */
  static final class Orders extends SqsBatchHandler<Order> {

    private final List<String> charged;

    Orders(List<String> charged) {
      this.charged = charged;
    }

    @Override
    protected Outcome onRecord(Order order, RecordContext record) throws IOException {
      if (order.cents() <= 0) {
        throw new InvalidOrder("amount");
      }
      if (order.orderId().startsWith("patient")) {
        return Outcome.retryAfter(Duration.ofMinutes(1));
      }
      boolean flaky = order.orderId().startsWith("flaky") && record.receiveCount() == 1;
      if (flaky || order.orderId().startsWith("poison")) {
        throw new IOException("no answer");
      }
      charged.add(order.orderId());
      return Outcome.done();
    }
  }

  // region parked
  @Test
  void a_bad_amount_is_parked_and_the_others_succeed(Functions functions) {
    var orders = functions.sqs("orders", Orders.class, () -> new Orders(charged)).start();

    orders.send(new Order("o-1", -1), new Order("o-2", 500));
    orders.drain();

    assertThat(charged).containsExactly("o-2");
    assertThat(orders.source()).isEmpty();
    assertThat(orders.deadLetters())
        .singleElement()
        .satisfies(
            m -> assertThat(m.failure().exception()).isEqualTo(InvalidOrder.class.getName()));
    assertThat(functions.deadLetters()).hasSize(1);
  }

  // endregion

  // region flaky
  @Test
  void a_flaky_order_comes_back_when_its_visibility_ends(Functions functions) {
    functions.timeout(Duration.ofSeconds(10));
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(charged))
            .visibility(Duration.ofSeconds(30))
            .start();

    orders.send(new Order("flaky-1", 500), new Order("o-2", 500));
    orders.drain();

    assertThat(charged).containsExactly("o-2", "flaky-1");
    assertThat(functions.clock().nanoTime()).isEqualTo(Duration.ofSeconds(30).toNanos());
  }

  // endregion

  // region poison
  @Test
  void poison_goes_to_the_dead_letters_with_its_failure_on_its_last_receive(Functions functions) {
    var orders =
        functions.sqs("orders", Orders.class, () -> new Orders(charged)).maxReceives(3).start();

    String poison = orders.send(new Order("poison-1", 500), m -> m.attribute("tenant", "acme"));
    orders.drain();

    assertThat(orders.deadLetters())
        .singleElement()
        .satisfies(m -> assertThat(m.attributes()).containsEntry("tenant", "acme"))
        .satisfies(m -> assertThat(m.failure().reason()).isEqualTo("EXHAUSTED"));
    assertThat(orders.explain(poison)).contains("receive 3").doesNotContain("receive 4");
  }

  // endregion

  // region fifo
  @Test
  void a_group_keeps_its_order_and_does_not_hold_up_the_others(Functions functions) {
    var orders = functions.sqs("orders.fifo", Orders.class, () -> new Orders(charged)).start();

    orders.send(new Order("flaky-a1", 5), m -> m.group("a"));
    orders.send(new Order("a2", 5), m -> m.group("a"));
    orders.send(new Order("b1", 5), m -> m.group("b"));
    orders.drain();

    assertThat(charged).containsExactly("b1", "flaky-a1", "a2");
  }

  // endregion

  // region flag-off
  @Test
  void without_the_flag_failures_are_deleted(Functions functions) {
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(charged))
            .withoutReportBatchItemFailures()
            .start();

    orders.send(new Order("poison-1", 500));
    orders.drain();

    assertThat(orders.deadLetters()).isEmpty();
    assertThat(orders.explain()).contains("deleted:").contains("ReportBatchItemFailures is off");
    orders.queues().assertNothingLost();
  }

  // endregion

  @Test
  void what_the_queue_gives_up_itself_has_no_failure(Functions functions) {
    var orders =
        functions.sqs("orders", Orders.class, () -> new Orders(charged)).maxReceives(3).start();

    String patient = orders.send(new Order("patient-1", 500)).get(0);
    orders.drain();

    assertThat(orders.explain(patient))
        .contains("moved to orders-dlq: receive 4 would be over the 3 that are allowed");
    assertThatThrownBy(() -> orders.deadLetters().get(0).failure())
        .hasMessageContaining("redrive policy");
  }

  @Test
  void a_queue_that_never_empties_says_what_circulates(Functions functions) {
    var orders =
        functions.sqs("orders", Orders.class, () -> new Orders(charged)).maxReceives(1000).start();
    orders.send(new Order("poison-1", 500));

    assertThatThrownBy(() -> orders.drain(20))
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("is not drained")
        .hasMessageContaining("poison-1");
  }

  @Test
  void a_visibility_that_is_shorter_than_the_timeout_is_refused_as_aws_does(Functions functions) {
    assertThatThrownBy(
            () ->
                functions
                    .sqs("orders", Orders.class, () -> new Orders(charged))
                    .visibility(Duration.ofSeconds(30))
                    .start())
        .hasMessageContaining("AWS refuses");
  }
}
