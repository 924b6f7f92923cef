// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import dev.powertools.idempotency.IdempotencyOptions.WhenInProgress;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of the README, run. */
class ReadmeTest {

  record Order(String id) {}

  record Parcel(String id, String address) {}

  record Receipt(String text) {}

  record Committed(Order order, StoredRecord completion) {}

  /** A database that holds the orders and the records of the store. */
  private static final class Ledger {
    private final List<Committed> committed = new ArrayList<>();

    void commitTogether(Order order, StoredRecord completion) {
      committed.add(new Committed(order, completion));
    }
  }

  /** Answers differently each time. */
  private static final class Gateway {
    private int calls;

    Receipt charge(Order order) {
      return new Receipt("charge " + order.id() + ++calls);
    }

    Receipt ship(Parcel parcel) {
      return new Receipt("ship " + parcel.id() + ++calls);
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
    private final Ledger ledger = new Ledger();

    // region pointer
    @Idempotent(name = "charge", key = "/id", expiry = "1h")
    Receipt charge(Order order) {
      return gateway.charge(order);
    }

    // endregion

    // region choices
    @Idempotent(
        name = "ship",
        key = "/id",
        validate = "/address",
        whenInProgress = WhenInProgress.WAIT,
        onException = OnException.REPLAY)
    Receipt ship(Parcel parcel) {
      return gateway.ship(parcel);
    }

    // endregion

    // region atomic
    @Idempotent(name = "book", key = "/id")
    Receipt book(Order order) {
      Receipt receipt = new Receipt("booked " + order.id());
      ledger.commitTogether(order, Idempotency.completion(receipt));
      return receipt;
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
      assertThat(Function.callIn(invocation, shop, "ship", new Parcel("o", "here")))
          .isEqualTo(new Receipt("ship o4"));
      assertThat(Function.callIn(invocation, shop, "book", order))
          .isEqualTo(new Receipt("booked o"));
      assertThat(shop.ledger.committed)
          .singleElement()
          .satisfies(both -> assertThat(both.order()).isEqualTo(order))
          .satisfies(both -> assertThat(both.completion().status()).isEqualTo(Status.COMPLETED));
    }
  }
}
