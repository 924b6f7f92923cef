// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.idempotency.IdempotencyOptions;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.idempotency.InProgressException;
import dev.powertools.idempotency.KeptFailureException;
import dev.powertools.idempotency.PayloadMismatchException;
import dev.powertools.local.FunctionError;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import dev.powertools.testing.TestStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What idempotent work can choose, whichever door the call comes through. */
@FunctionTest
class CarefulDoorsTest {

  private static final String IN_PROGRESS = InProgressException.class.getName();

  private static final Shop.Order ORDER = new Shop.Order("o-1", 500);

  private final Shop shop = new Shop();

  private static String errorOf(TestResponse response) {
    return response.error().orElseThrow().type();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {WovenCarefulShop.class, BaseClassCarefulShop.class, PlainCodeCarefulShop.class})
  void a_failure_is_kept(Class<?> door, Functions functions) {
    TestFunction function = functions.with(Shop.class, shop).function(door);
    Shop.Order free = new Shop.Order("o-2", 0);

    assertThat(errorOf(function.invoke(free))).contains("IOException");
    TestResponse again = function.invoke(free);

    assertThat(errorOf(again)).isEqualTo(KeptFailureException.class.getName());
    assertThat(again.error().orElseThrow().message()).contains("Order o-2 has no price");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {WovenCarefulShop.class, BaseClassCarefulShop.class, PlainCodeCarefulShop.class})
  void another_payload_under_the_same_key_is_refused(Class<?> door, Functions functions) {
    TestFunction function = functions.with(Shop.class, shop).function(door);
    function.invoke(ORDER);

    TestResponse other = function.invoke(new Shop.Order("o-1", 600));

    assertThat(errorOf(other)).isEqualTo(PayloadMismatchException.class.getName());
    assertThat(shop.charged()).containsExactly("o-1");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {WovenCarefulShop.class, BaseClassCarefulShop.class, PlainCodeCarefulShop.class})
  void calls_at_once_get_the_result_of_the_one_that_works_or_are_told_that_it_works(
      Class<?> door, Functions functions) {
    functions.with(Shop.class, shop);

    var responses = functions.deliver(ORDER).to(door).heldAt("before claim").concurrently(8);

    // on the test's clock, waiting costs no time: a deadline may come before the one that works
    // ends
    assertThat(responses)
        .hasSize(8)
        .allSatisfy(
            response ->
                assertThat(response.error().map(FunctionError::type).orElse(IN_PROGRESS))
                    .isEqualTo(IN_PROGRESS));
    assertThat(responses)
        .filteredOn(response -> response.error().isEmpty())
        .extracting(TestResponse::text)
        .isNotEmpty()
        .allMatch(text -> text.contains("\"number\":1"));
    assertThat(shop.charged()).containsExactly("o-1");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {WovenCarefulShop.class, BaseClassCarefulShop.class, PlainCodeCarefulShop.class})
  void a_replay_from_memory_costs_no_request(Class<?> door, Functions functions, TestStore store) {
    TestFunction function =
        functions
            .with(Shop.class, shop)
            .with(IdempotencyOptions.class, IdempotencyOptions.builder().localCache(10).build())
            .function(door);

    String first = function.invoke(ORDER).text();

    assertThat(function.invoke(ORDER).text()).isEqualTo(first);
    assertThat(function.invoke(ORDER).text()).isEqualTo(first);
    assertThat(store.calls()).hasSize(2);
  }

  @Test
  void a_stream_handler_replays_what_it_wrote(Functions functions) {
    TestFunction function = functions.with(Shop.class, shop).function(WovenStreamShop.class);

    assertThat(function.invoke(ORDER).text()).isEqualTo("\"charge 1\"");
    assertThat(function.invoke(ORDER).text()).isEqualTo("\"charge 1\"");
    assertThat(shop.charged()).hasSize(1);
  }

  @Nested
  class A_failure_of_a_record {

    private final Set<String> broken = new java.util.HashSet<>(Set.of("poison", "flaky"));
    private final List<String> tried = new ArrayList<>();

    @Permanent
    static final class Poison extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    static final class Orders extends SqsBatchHandler<Shop.Order> {

      private final Set<String> broken;
      private final List<String> tried;

      Orders(Set<String> broken, List<String> tried) {
        this.broken = broken;
        this.tried = tried;
      }

      @Override
      @Idempotent(name = "careful", key = "/orderId", onException = OnException.KEEP)
      protected Outcome onRecord(Shop.Order order, RecordContext record) throws IOException {
        tried.add(order.orderId());
        if (broken.contains(order.orderId())) {
          if (order.orderId().equals("poison")) {
            throw new Poison();
          }
          throw new IOException("no answer");
        }
        return Outcome.done();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poison", "flaky"})
    void is_kept_until_it_rests_in_the_dead_letters_and_then_a_redrive_runs(
        String id, Functions functions) {
      var orders = functions.sqs("orders", Orders.class, () -> new Orders(broken, tried)).start();

      orders.send(new Shop.Order(id, 1));
      orders.drain();
      assertThat(tried).containsExactly(id);
      assertThat(orders.deadLetters()).hasSize(1);

      broken.clear();
      orders.send(new Shop.Order(id, 1));
      orders.drain();
      assertThat(tried).containsExactly(id, id);
      assertThat(orders.deadLetters()).hasSize(1);
    }
  }
}
