// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.spi.IdempotencyStore;
import org.junit.jupiter.api.Test;

/** The code of the README, run. */
class ReadmeTest {

  record Order(String id) {}

  record Receipt(String text) {}

  /** Answers differently each time. */
  private static final class Gateway {
    private int calls;

    Receipt charge(Order order) {
      return new Receipt("charge " + order.id() + ++calls);
    }

    Receipt refund(String orderId, String reason) {
      return new Receipt("refund " + orderId + reason + ++calls);
    }

    Receipt capture(Order order) {
      return new Receipt("capture " + order.id() + ++calls);
    }
  }

  static final class Shop {
    private final Gateway gateway = new Gateway();

    // region pointer
    @Idempotent(name = "charge", key = "/id", expiry = "1h")
    Receipt charge(Order order) {
      return gateway.charge(order);
    }

    // endregion

    // region marked
    @Idempotent(name = "refund")
    Receipt refund(@IdempotencyKey String orderId, String reason) {
      return gateway.refund(orderId, reason);
    }

    // endregion

    // region plain
    private final Idempotency capture = Idempotency.of("capture");

    Receipt capture(Order order) {
      return capture.execute(order.id(), Receipt.class, () -> gateway.capture(order));
    }
    // endregion
  }

  @Test
  void its_code_does_the_work_once() throws Throwable {
    // region store
    FunctionRuntime runtime =
        FunctionRuntime.builder().part(IdempotencyStore.class, new MemoryStore()).build();
    // endregion
    Shop shop = new Shop();
    Order order = new Order("o");
    for (int i = 0; i < 2; i++) {
      LiveInvocation invocation = LiveInvocation.under(runtime).open();
      assertThat(Function.callIn(invocation, shop, "charge", order))
          .isEqualTo(new Receipt("charge o1"));
      assertThat(Function.callIn(invocation, shop, "refund", "o", "x" + i))
          .isEqualTo(new Receipt("refund ox02"));
      assertThat(Scope.of(invocation).call(() -> shop.capture(order)))
          .isEqualTo(new Receipt("capture o3"));
    }
  }
}
