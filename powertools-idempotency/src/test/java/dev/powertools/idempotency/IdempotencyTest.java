// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work without an annotation. */
class IdempotencyTest {

  record Item(String id, int amount) {}

  record Compound(String customer, BigDecimal amount) {}

  static class Counter {
    @Idempotent(name = "count")
    int count(@IdempotencyKey String key) {
      return 7;
    }
  }

  private final Function function = new Function();
  private final AtomicInteger bodies = new AtomicInteger();

  private final Idempotency work =
      Idempotency.of(IdempotencyOptions.builder().name("work").store(function.store).build());

  @Test
  void does_the_work_once() throws Throwable {
    for (int i = 0; i < 3; i++) {
      assertThat(function.inside(() -> work.execute("a", Integer.class, bodies::incrementAndGet)))
          .isEqualTo(1);
    }
  }

  @Test
  void takes_generic_results() throws Throwable {
    ResultType<List<Item>> type = new ResultType<>() {};
    List<Item> result = List.of(new Item("a", 1));

    function.inside(() -> work.execute("a", type, () -> result));
    assertThat(function.inside(() -> work.execute("a", type, List::<Item>of))).isEqualTo(result);
  }

  @Test
  void takes_work_without_a_result() throws Throwable {
    for (int i = 0; i < 2; i++) {
      function.inside(
          () -> {
            work.execute(
                "a",
                () -> {
                  bodies.incrementAndGet();
                });
            return null;
          });
    }

    assertThat(bodies).hasValue(1);
  }

  @Test
  void takes_records_as_keys() throws Throwable {
    Object one = new Compound("c", BigDecimal.ONE);
    Object same = new Compound("c", new BigDecimal("1.00"));
    function.inside(() -> work.execute(one, Integer.class, bodies::incrementAndGet));
    function.inside(() -> work.execute(same, Integer.class, bodies::incrementAndGet));

    assertThat(bodies).hasValue(1);
  }

  @Test
  void refuses_null_as_a_key() {
    assertThatThrownBy(() -> function.inside(() -> work.execute(null, Integer.class, () -> 1)))
        .isInstanceOf(IdempotencyKeyException.class);
  }

  @Test
  void works_outside_any_invocation() throws Exception {
    IdempotencyOptions options =
        IdempotencyOptions.builder().name("plain").store(new MemoryStore()).build();
    Idempotency plain = Idempotency.of(options);

    plain.execute("a", Integer.class, bodies::incrementAndGet);
    plain.execute("a", Integer.class, bodies::incrementAndGet);

    assertThat(bodies).hasValue(1);
  }

  @Test
  void shares_its_keys_with_the_annotation_of_the_same_name() throws Throwable {
    Idempotency same =
        Idempotency.of(IdempotencyOptions.builder().name("count").store(function.store).build());

    assertThat(function.call(new Counter(), "count", "a")).isEqualTo(7);
    assertThat(function.inside(() -> same.execute("a", Integer.class, bodies::incrementAndGet)))
        .isEqualTo(7);
  }

  @Test
  void needs_a_name() {
    assertThatThrownBy(() -> Idempotency.of(IdempotencyOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name(");
  }

  @Test
  void refuses_an_expiry_of_nothing() {
    assertThatThrownBy(() -> IdempotencyOptions.builder().expiry(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expiry");
  }
}
