// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestResponse;
import dev.powertools.testing.TestStore;
import dev.powertools.testing.TestStore.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order that is delivered more than once, and a store that fails. */
@FunctionTest
class DeliveriesOfAnOrderTest {

  private static final Shop.Order ORDER = new Shop.Order("o-1", 500);

  private final Shop shop = new Shop();

  @BeforeEach
  void openTheShop(Functions functions) {
    functions.with(Shop.class, shop);
  }

  // region times
  @Test
  void an_event_that_comes_three_times_is_charged_once(Functions functions) {
    var responses = functions.deliver(ORDER).to(PaidOrders.class).times(3);

    assertThat(shop.charged()).containsExactly("o-1");
    assertThat(responses).extracting(TestResponse::text).containsOnly(responses.get(0).text());
  }

  // endregion

  @Test
  void a_message_that_is_received_three_times_is_charged_once(Functions functions) {
    var responses =
        functions.deliver(Events.sqs().bodies(ORDER)).to(BaseClassOrders.class).times(3);

    assertThat(shop.charged()).containsExactly("o-1");
    assertThat(responses).extracting(TestResponse::text).containsOnly("{\"batchItemFailures\":[]}");
  }

  // region concurrently
  @Test
  void eight_deliveries_that_claim_at_the_same_moment_charge_once(Functions functions) {
    var responses =
        functions.deliver(ORDER).to(PaidOrders.class).heldAt("before claim").concurrently(8);

    assertThat(shop.charged()).containsExactly("o-1");
    assertThat(responses).anySatisfy(response -> assertThat(response.error()).isEmpty());
  }

  // endregion

  // region stores
  @Test
  void a_store_that_is_down_charges_nobody(Functions functions, TestStore store) {
    store.failNext();

    var response = functions.function(PaidOrders.class).invoke(ORDER);

    assertThat(response.error()).isPresent();
    assertThat(shop.charged()).isEmpty();
  }

  @Test
  void a_completion_whose_response_is_lost_is_sent_again(Functions functions, TestStore store) {
    store.loseResponseAfterWrite(Operation.COMPLETION);

    var responses = functions.deliver(ORDER).to(PaidOrders.class).times(2);

    assertThat(shop.charged()).containsExactly("o-1");
    assertThat(responses.get(1).text()).isEqualTo(responses.get(0).text());
    assertThat(store.calls(Operation.COMPLETION)).isEqualTo(2);
  }
  // endregion
}
