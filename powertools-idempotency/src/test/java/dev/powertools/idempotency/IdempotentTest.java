// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.MissingScopeException;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Shop.Order;
import dev.powertools.idempotency.Shop.Receipt;
import dev.powertools.idempotency.Shop.Unwritable;
import dev.powertools.idempotency.TestStore.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What callers of an idempotent method get. */
class IdempotentTest {

  private final Function function = new Function();
  private final Shop shop = new Shop();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call(String method) throws Throwable {
    return function.call(shop, method, order);
  }

  @Nested
  class A_call_that_is_repeated {

    @Test
    void runs_once_and_gets_the_stored_result() throws Throwable {
      shop.body = () -> "charged " + shop.bodies;

      assertThat(call("text")).isEqualTo("charged 1");
      assertThat(call("text")).isEqualTo("charged 1");
      assertThat(shop.bodies).hasValue(1);
      assertThat(function.signals).containsExactly("idempotency.miss", "idempotency.hit");
    }

    @Test
    void costs_two_writes_the_first_time_and_one_afterwards() throws Throwable {
      call("text");
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.COMPLETE);

      call("text");
      assertThat(function.store.writes()).endsWith(Write.COMPLETE, Write.CLAIM);
    }

    @Test
    void runs_again_with_another_key() throws Throwable {
      call("text");
      function.call(shop, "text", new Order("other", 5));

      assertThat(shop.bodies).hasValue(2);
    }

    @Test
    void is_the_same_call_whatever_else_the_payload_holds() throws Throwable {
      call("text");
      function.call(shop, "text", new Order(order.id(), 6));

      assertThat(shop.bodies).hasValue(1);
    }

    @Test
    void never_fails_around_the_second_in_which_the_result_expires() throws Throwable {
      call("text");
      for (int millis = -2_000; millis <= 3_000; millis += 50) {
        function.timing.set(TestTiming.START.plusSeconds(3600).plusMillis(millis));
        call("text");
      }

      assertThat(shop.bodies).hasValue(2);
    }

    @Test
    void counts_the_expiry_from_the_end_of_the_work() throws Throwable {
      shop.body =
          () -> {
            function.timing.advance(Duration.ofSeconds(20));
            return "done";
          };
      call("text");
      function.timing.set(TestTiming.START.plusSeconds(3600 + 15));
      call("text");

      assertThat(shop.bodies).hasValue(1);
    }
  }

  @Nested
  class A_result {

    private void assertReplays(String method, @Nullable Object result) throws Throwable {
      shop.body = () -> result;
      assertThat(call(method)).isEqualTo(result);
      shop.body = () -> "another";
      assertThat(call(method)).isEqualTo(result);
      assertThat(shop.bodies).hasValue(1);
    }

    @Test
    void of_null_replays_as_null_and_not_as_text() throws Throwable {
      assertReplays("text", null);
    }

    @Test
    void of_the_text_null_replays_as_that_text() throws Throwable {
      assertReplays("text", "null");
    }

    @Test
    void of_void_replays_as_nothing() throws Throwable {
      assertReplays("nothing", null);
    }

    @Test
    void of_a_primitive_replays_as_it_was() throws Throwable {
      assertReplays("count", 42);
    }

    @Test
    void of_a_generic_list_replays_as_its_elements_and_not_as_maps() throws Throwable {
      assertReplays("receipts", List.of(new Receipt("r", List.of(order))));
    }

    @Test
    void of_an_empty_optional_replays_as_empty() throws Throwable {
      assertReplays("optional", Optional.empty());
    }

    @Test
    void of_a_full_optional_replays_as_full() throws Throwable {
      assertReplays("optional", Optional.of(new Receipt("r", List.of())));
    }

    @Test
    void of_null_in_the_place_of_an_optional_replays_as_null() throws Throwable {
      assertReplays("optional", null);
    }

    @Test
    void of_an_outcome_that_completes_replays_as_it_was() throws Throwable {
      assertReplays("outcome", Outcome.ignored("a test order"));
    }

    @Test
    void of_outcome_done_replays_as_done() throws Throwable {
      assertReplays("outcome", Outcome.done());
    }

    @Test
    void is_a_fresh_object_at_each_replay() throws Throwable {
      shop.body = () -> List.of(new Receipt("r", List.of()));
      call("receipts");

      assertThat(call("receipts")).isNotSameAs(call("receipts"));
    }

    @Test
    void that_cannot_be_written_is_returned_and_its_work_never_repeated() throws Throwable {
      Unwritable result = new Unwritable("x");
      shop.body = () -> result;
      try (LogCapture log = LogCapture.begin()) {
        assertThat(call("unwritable")).isSameAs(result);
        assertThat(log.lines()).anyMatch(line -> line.contains("is not kept"));
      }

      assertThatThrownBy(() -> call("unwritable"))
          .isInstanceOfSatisfying(
              ResultNotKeptException.class,
              e -> assertThat(e.disposition()).isEqualTo(Disposition.RETRY_LATER));
      assertThat(shop.bodies).hasValue(1);
    }

    @Test
    void that_is_too_large_for_the_store_is_returned_and_its_work_never_repeated()
        throws Throwable {
      function.store.limitData(10);
      shop.body = () -> "more than ten bytes";

      assertThat(call("text")).isEqualTo("more than ten bytes");
      assertThatThrownBy(() -> call("text")).isInstanceOf(ResultNotKeptException.class);
      assertThat(shop.bodies).hasValue(1);
    }

    @Test
    void that_is_an_outcome_counts_as_done_even_if_its_reason_is_too_large() throws Throwable {
      function.store.limitData(40);
      shop.body = () -> Outcome.ignored("more than forty bytes of JSON, all told");

      call("outcome");
      assertThat(call("outcome")).isEqualTo(Outcome.done());
      assertThat(shop.bodies).hasValue(1);
    }

    record Step(boolean done) {}

    @Test
    void of_other_work_that_looks_like_an_outcome_is_none() throws Throwable {
      Idempotency step =
          Idempotency.of(IdempotencyOptions.builder().name("step").store(function.store).build());
      function.inside(() -> step.execute("k", Step.class, () -> new Step(false)));

      assertThatThrownBy(
              () -> function.inside(() -> step.execute("k", Outcome.class, Outcome::done)))
          .isInstanceOf(ResultUnreadableException.class);
    }

    @Test
    void of_other_work_is_no_outcome() throws Throwable {
      Idempotency step =
          Idempotency.of(IdempotencyOptions.builder().name("step").store(function.store).build());
      function.inside(() -> step.execute("k", Order.class, () -> new Order("a", 1)));

      assertThatThrownBy(
              () -> function.inside(() -> step.execute("k", Outcome.class, Outcome::done)))
          .isInstanceOfSatisfying(
              ResultUnreadableException.class,
              e -> assertThat(e.disposition()).isEqualTo(Disposition.RETRY_LATER));
    }

    @Test
    void that_fits_exactly_is_kept() throws Throwable {
      function.store.limitData(10);
      assertReplays("text", "8 bytes.");
    }

    @Test
    void whose_type_has_changed_since_is_no_result_and_its_work_never_repeated() throws Throwable {
      shop.body = () -> "no number";
      call("text");
      Idempotency asNumber =
          Idempotency.of(IdempotencyOptions.builder().name("text").store(function.store).build());

      assertThatThrownBy(
              () -> function.inside(() -> asNumber.execute(order.id(), Integer.class, () -> 1)))
          .isInstanceOf(ResultUnreadableException.class)
          .hasMessageContaining("is no java.lang.Integer");
    }
  }

  @Nested
  class Scopes {

    private final AttributeKey<String> tenant =
        AttributeKey.of("tenant_id", String.class).keyScoping();

    private void callAs(@Nullable String name, FunctionRuntime runtime) throws Throwable {
      LiveInvocation invocation =
          LiveInvocation.under(runtime).context(new TestContext("r", 30_000)).open();
      if (name != null) {
        invocation.attributes().put(tenant, name);
      }
      Function.callIn(invocation, shop, "text", order);
    }

    @Test
    void keep_the_same_key_of_two_tenants_apart() throws Throwable {
      callAs("acme", function.runtime);
      callAs("globex", function.runtime);
      callAs("acme", function.runtime);
      callAs(null, function.runtime);

      assertThat(shop.bodies).hasValue(3);
    }

    @Test
    void that_are_required_and_absent_let_nothing_run() {
      FunctionRuntime strict = function.runtime.toBuilder().requireKey(tenant).build();

      assertThatThrownBy(() -> callAs(null, strict)).isInstanceOf(MissingScopeException.class);
      assertThat(function.store.writes()).isEmpty();
    }

    @Test
    void that_become_required_stop_keys_that_have_no_place_for_them() throws Throwable {
      Idempotency shared =
          Idempotency.of(
              IdempotencyOptions.builder()
                  .name("handleRequest")
                  .keyFormat(KeyFormat.AWS_POWERTOOLS)
                  .build());
      Call call = () -> shared.execute("o-1", Integer.class, () -> 1);
      function.inside(call);

      function.runtime.requireKey(tenant);

      assertThatThrownBy(() -> function.inside(call))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("two tenants");
    }
  }
}
