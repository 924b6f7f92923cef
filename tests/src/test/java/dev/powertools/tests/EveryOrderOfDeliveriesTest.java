// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.testing.EveryOrder;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.Interleaving;
import dev.powertools.testing.TestResponse;
import dev.powertools.testing.TestStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever two deliveries of one order meet in, it is charged once. */
@FunctionTest
@Tag("heavy")
class EveryOrderOfDeliveriesTest {

  private static final Shop.Order ORDER = new Shop.Order("o-1", 500);
  private static final Shop.Order WITHOUT_PRICE = new Shop.Order("o-1", 0);
  private static final Duration LEASE = Duration.ofSeconds(62); // the timeout, and two more

  // region everyOrder
  @Test
  void two_deliveries_at_once_charge_an_order_once(Functions functions) {
    functions
        .everyOrder()
        .of(ORDER, ORDER)
        .with(Shop.class, Shop::new)
        .to(PaidOrders.class)
        .check(order -> assertThat(order.part(Shop.class).charged()).containsExactly("o-1"));
  }

  // endregion

  private static EveryOrder over(
      Supplier<IdempotencyStore> store, Functions functions, Object... deliveries) {
    return functions
        .everyOrder()
        .of(deliveries)
        .with(Shop.class, Shop::new)
        .given(
            fresh -> fresh.with(IdempotencyStore.class, TestStore.over(store.get(), fresh.clock())))
        .to(PaidOrders.class);
  }

  /** What holds in every order: one receipt for all, for good, and one charge where possible. */
  private static void isSound(Interleaving order) {
    List<String> charged = order.part(Shop.class).charged();
    if (!order.timePassed()) {
      assertThat(charged).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(order.succeeded().stream().map(TestResponse::text).distinct())
        .as("receipts")
        .hasSizeLessThanOrEqualTo(1);
    if (!order.crashed()) {
      assertThat(order.succeeded()).as("somebody succeeds").isNotEmpty();
    }
    isStillSoundWhenDeliveredOnceMore(order);
  }

  private static void isStillSoundWhenDeliveredOnceMore(Interleaving order) {
    List<String> charged = order.part(Shop.class).charged();
    int charges = charged.size();
    order.functions().clock().advance(LEASE.plusMillis(1));
    TestResponse later = order.functions().function(PaidOrders.class).invoke(ORDER);

    assertThat(later.error()).as("a later delivery").isEmpty();
    order.succeeded().forEach(one -> assertThat(later.text()).isEqualTo(one.text()));
    if (!order.succeeded().isEmpty()) {
      assertThat(charged).as("no charge by a later delivery").hasSize(charges);
    }
  }

  @Nested
  class A_sound_store {

    @Test
    void stands_every_order(Functions functions) {
      int orders =
          over(FlawedStore::new, functions, ORDER, ORDER)
              .check(EveryOrderOfDeliveriesTest::isSound);

      assertThat(orders).isGreaterThan(50);
    }

    @Test
    void stands_every_order_in_which_one_delivery_dies(Functions functions) {
      int orders =
          over(FlawedStore::new, functions, ORDER, ORDER)
              .withCrashes()
              .check(EveryOrderOfDeliveriesTest::isSound);

      assertThat(orders).isGreaterThan(200);
    }

    @Test
    void stands_every_order_in_which_a_delivery_outlives_its_lease(Functions functions) {
      int orders =
          over(FlawedStore::new, functions, ORDER, ORDER)
              .withLeaseExpiry()
              .check(EveryOrderOfDeliveriesTest::isSound);

      assertThat(orders).isGreaterThan(200);
    }

    @Test
    void stands_every_order_in_which_the_first_delivery_fails_late(Functions functions) {
      over(FlawedStore::new, functions, WITHOUT_PRICE, ORDER)
          .withLeaseExpiry()
          .check(EveryOrderOfDeliveriesTest::isStillSoundWhenDeliveredOnceMore);
    }
  }

  @Nested
  class A_flawed_store_is_found_out {

    private static void isFoundOut(EveryOrder orders) {
      assertThatThrownBy(() -> orders.check(EveryOrderOfDeliveriesTest::isSound))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("To run this order alone: .only(\"A");
    }

    @Test
    void that_claims_without_condition(Functions functions) {
      isFoundOut(over(FlawedStore.ClaimsWithoutCondition::new, functions, ORDER, ORDER));
    }

    @Test
    void that_reads_and_then_writes(Functions functions) {
      isFoundOut(over(FlawedStore.ClaimsInTwoSteps::new, functions, ORDER, ORDER));
    }

    @Test
    void that_completes_without_token(Functions functions) {
      isFoundOut(
          over(FlawedStore.CompletesWithoutToken::new, functions, ORDER, ORDER).withLeaseExpiry());
    }

    @Test
    void that_ends_leases_too_early(Functions functions) {
      EveryOrder orders =
          over(FlawedStore.EndsLeasesTooEarly::new, functions, ORDER, ORDER).withTimePassing(LEASE);

      assertThatThrownBy(
              () -> orders.check(order -> assertThat(order.part(Shop.class).charged()).hasSize(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("PT1M2S pass");
    }

    @Test
    void that_ignores_leases(Functions functions) {
      isFoundOut(over(FlawedStore.IgnoresLeases::new, functions, ORDER, ORDER).withCrashes());
    }

    @Test
    void that_refuses_late_completions(Functions functions) {
      isFoundOut(
          over(FlawedStore.RefusesLateCompletions::new, functions, ORDER, ORDER).withLeaseExpiry());
    }
  }

  @Test
  void a_sound_store_protects_to_the_last_millisecond_of_the_lease(Functions functions) {
    over(FlawedStore::new, functions, ORDER, ORDER)
        .withTimePassing(LEASE)
        .check(order -> assertThat(order.part(Shop.class).charged()).hasSize(1));
  }
}
