// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static dev.powertools.idempotency.Threads.atOnce;
import static dev.powertools.idempotency.Threads.callUnchecked;
import static dev.powertools.idempotency.Threads.onAnotherThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Disposition;
import dev.powertools.core.Propagation;
import dev.powertools.idempotency.Shop.Order;
import dev.powertools.idempotency.TestStore.Write;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Many calls at once, beside and inside each other. */
class IdempotentCrosstalkTest {

  private final Function function = new Function();
  private final Shop shop = new Shop();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call(String method) throws Throwable {
    return function.call(shop, method, order);
  }

  static class OneShop {

    @Idempotent(key = "/id")
    String same(Order order) {
      return "one";
    }
  }

  /** The method of another class with the same name and parameters. */
  static class OtherShop {

    @Idempotent(key = "/id")
    String same(Order order) {
      return "other";
    }
  }

  @Nested
  class Calls_inside_calls {

    @Test
    void complete_both_under_their_own_keys() throws Throwable {
      Shop inner = new Shop();
      inner.body = () -> "inner";
      shop.body = () -> "outer of " + callUnchecked(() -> function.call(inner, "charge", order));

      assertThat(call("text")).isEqualTo("outer of inner");
      assertThat(call("text")).isEqualTo("outer of inner");
      assertThat(function.call(inner, "charge", order)).isEqualTo("inner");
      assertThat(shop.bodies).hasValue(1);
      assertThat(inner.bodies).hasValue(1);
    }

    @Test
    void with_their_own_key_again_fail_at_once_with_a_clear_message() {
      shop.body = () -> callUnchecked(() -> call("text"));

      assertThatThrownBy(() -> call("text"))
          .isInstanceOfSatisfying(
              NestedClaimException.class,
              e -> assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER))
          .hasMessageContaining("called itself with the same key");
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.RELEASE);
    }

    @Test
    void with_their_own_key_again_are_found_out_over_a_thread_hop() {
      shop.body =
          () -> {
            Runnable hop = Propagation.wrap(() -> callUnchecked(() -> call("text")));
            onAnotherThread(hop);
            return "unreachable";
          };

      assertThatThrownBy(() -> call("text")).hasCauseInstanceOf(NestedClaimException.class);
    }

    @Test
    void may_use_the_key_again_when_the_outer_one_has_ended() throws Throwable {
      function.inside(
          () -> {
            call("text");
            return call("text");
          });

      assertThat(shop.bodies).hasValue(1);
    }
  }

  @Nested
  class Many_callers {

    @Test
    void of_methods_of_the_same_name_in_two_classes_do_not_mix() throws Throwable {
      assertThat(function.call(new OneShop(), "same", order)).isEqualTo("one");
      assertThat(function.call(new OtherShop(), "same", order)).isEqualTo("other");
      assertThat(function.call(new OneShop(), "same", order)).isEqualTo("one");
    }

    @Test
    void on_64_threads_run_each_key_once_and_get_its_own_result() throws Throwable {
      Map<String, AtomicInteger> bodies = new ConcurrentHashMap<>();
      Idempotency work =
          Idempotency.of(IdempotencyOptions.builder().name("work").store(function.store).build());
      AtomicInteger calls = new AtomicInteger();

      List<@Nullable Object> results =
          atOnce(
              64,
              () -> {
                int wrong = 0;
                for (int i = 0; i < 200; i++) {
                  String key = "key " + calls.getAndIncrement() % 40;
                  String result = insistOn(work, key, bodies);
                  wrong += result.equals("result of " + key) ? 0 : 1;
                }
                return wrong;
              });

      assertThat(results).hasSize(64).containsOnly(0);
      assertThat(bodies).hasSize(40);
      assertThat(bodies.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    private String insistOn(Idempotency work, String key, Map<String, AtomicInteger> bodies)
        throws Throwable {
      for (; ; ) {
        try {
          Object result =
              function.inside(
                  () ->
                      work.execute(
                          key,
                          String.class,
                          () -> {
                            bodies.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
                            Thread.onSpinWait();
                            return "result of " + key;
                          }));
          return String.valueOf(result);
        } catch (InProgressException e) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
