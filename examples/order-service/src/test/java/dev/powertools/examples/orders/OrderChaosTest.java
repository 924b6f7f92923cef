// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.RecordContext;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.local.ForkedFunction;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.Points;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function is killed when the money has moved and nobody knows yet. */
@FunctionTest
class OrderChaosTest {

  // region provider
  /** A payment provider that knows an order by its id, and notes who asked it for what. */
  static final class Bank implements Payments {
    @Override
    public void charge(OrderPlaced order, RecordContext message) throws IOException {
      Path books = Path.of(FunctionRuntime.current().config().variable("BOOKS").orElseThrow());
      append(books.resolve("asked"), order.orderId());
      if (!Files.exists(books.resolve(order.orderId()))) {
        append(books.resolve(order.orderId()), "charged");
      }
      Points.reach("charged");
    }

    private static void append(Path file, String line) throws IOException {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  public static final class WithBank implements RuntimeProvider {
    @Override
    public FunctionRuntime runtime() {
      return new OrdersRuntime().runtime().toBuilder().part(Payments.class, new Bank()).build();
    }
  }

  /** The function as it is, but for its payment provider. */
  @PowertoolsConfig(WithBank.class)
  public static class Orders extends OrderHandler {}

  // endregion

  // region chaos
  @Test
  void killed_after_the_charge_the_order_comes_back_and_is_charged_once(
      Functions functions, @TempDir Path books) {
    var options =
        FunctionOptions.builder(Orders.class)
            .timeout(Duration.ofSeconds(30))
            .environment(
                Map.of("BOOKS", books.toString(), "ORDERS_DLQ_URL", "http://localhost/dlq"))
            .build();
    try (ForkedFunction fork = LocalFunction.fork(options)) {
      var orders = functions.sqs("orders", fork).maxReceives(3).start();
      String order = orders.send(new OrderPlaced("o-1", 500, "ada")).get(0);

      fork.killAt("charged");
      orders.drain();

      assertThat(orders.explain(order)).contains("signal: killed");
      assertThat(books.resolve("asked")).content().isEqualTo("o-1\no-1\n");
      assertThat(books.resolve("o-1")).content().isEqualTo("charged\n");
      assertThat(orders.deadLetters()).isEmpty();
      orders.assertNothingLost();
    }
  }
  // endregion
}
