// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

// region test
@FunctionTest
class OrderHandlerTest {

  private final List<String> charged = new ArrayList<>();

  @Test
  void charges_once_reports_what_is_to_come_again_and_parks_the_rest(
      Functions functions, FunctionLogs logs) {
    var handler =
        functions
            .environment("ORDERS_DLQ_URL", "http://localhost/000000000000/orders-dlq")
            .with(Payments.class, (order, message) -> charge(order))
            .function(OrderHandler.class);

    var orders =
        Events.sqs()
            .body(new OrderPlaced("o-1", 500, "ada"))
            .body(new OrderPlaced("o-1", 500, "ada"))
            .body(new OrderPlaced("o-2", 900, "busy-bob"))
            .body(new OrderPlaced("o-3", 0, "eve"));

    var response = handler.invoke(orders);

    assertThat(charged).containsExactly("o-1");
    assertThat(response.text()).contains(orders.messageId(2));
    assertThat(functions.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.body()).contains("o-3"));
    assertThat(logs.messages()).contains("Order o-1 came in", "Order o-2 came in");
  }

  private void charge(OrderPlaced order) {
    if (order.customer().startsWith("busy-")) {
      throw new PaymentsBusy(order.orderId());
    }
    charged.add(order.orderId());
  }
}
// endregion
