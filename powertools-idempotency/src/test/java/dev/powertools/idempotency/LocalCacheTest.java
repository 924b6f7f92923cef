// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static dev.powertools.idempotency.Threads.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Choices.Basket;
import dev.powertools.idempotency.Choices.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Results in the memory of the environment. */
class LocalCacheTest {

  private static final AttributeKey<String> TENANT =
      AttributeKey.of("tenant_id", String.class).keyScoping();

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private final FunctionRuntime caching =
      function
          .builder(Map.of())
          .part(IdempotencyStore.class, function.store)
          .part(IdempotencyOptions.class, IdempotencyOptions.builder().localCache(2).build())
          .build();
  private final Map<String, dev.powertools.core.chain.Chain> chains = new java.util.HashMap<>();

  private @Nullable Object call(String method, Order order, String tenant) throws Throwable {
    LiveInvocation invocation =
        LiveInvocation.under(caching).context(new TestContext("r", 30_000)).open();
    invocation.attributes().put(TENANT, tenant);
    var chain = chains.computeIfAbsent(method, name -> Function.link(choices, name, caching));
    return chain.call(
        invocation,
        choices,
        new Object[] {order},
        (target, arguments) -> {
          choices.bodies.incrementAndGet();
          return choices.body.call();
        });
  }

  private @Nullable Object call(String method, String id) throws Throwable {
    return call(method, new Order(id, 5), "acme");
  }

  private int requests() {
    return function.store.writes().size();
  }

  @Test
  void costs_no_request_from_the_first_replay_on() throws Throwable {
    choices.body = () -> "done";
    call("text", "a");
    int before = requests();

    assertThat(call("text", "a")).isEqualTo("done");
    assertThat(call("text", "a")).isEqualTo("done");
    assertThat(requests()).isEqualTo(before).isEqualTo(2);
    assertThat(function.signals).endsWith("idempotency.cache_hit", "idempotency.cache_hit");
  }

  @Test
  void is_filled_by_a_replay_too() throws Throwable {
    choices.body = () -> "done";
    function.call(choices, "text", new Order("a", 5)); // in another environment
    LiveInvocation invocation = LiveInvocation.under(caching).open();
    var chain = Function.link(choices, "text", caching);
    for (int i = 0; i < 3; i++) {
      Object[] arguments = {new Order("a", 5)};
      assertThat(chain.call(invocation, choices, arguments, (target, args) -> "again"))
          .isEqualTo("done");
    }

    assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.COMPLETE, Write.CLAIM);
  }

  @Test
  void gives_null_as_null() throws Throwable {
    call("text", "a");

    assertThat(call("text", "a")).isNull();
    assertThat(call("text", "a")).isNull();
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void gives_each_caller_an_object_of_its_own_if_it_can_be_changed() throws Throwable {
    choices.body = () -> new Basket(new ArrayList<>(List.of("apple")));
    Basket first = (Basket) Objects.requireNonNull(call("basket", "a"));
    first.articles().add("changed");
    Basket second = (Basket) Objects.requireNonNull(call("basket", "a"));

    assertThat(second.articles()).containsExactly("apple");
    assertThat(call("basket", "a")).isNotSameAs(second).isEqualTo(second);
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void shares_what_nobody_can_change() throws Throwable {
    choices.body = () -> "done";
    call("text", "a");
    Object decoded = call("text", "a");

    assertThat(call("text", "a")).isSameAs(decoded);
  }

  @Test
  void forgets_the_least_recently_used() throws Throwable {
    choices.body = () -> "done";
    call("text", "a");
    call("text", "b");
    call("text", "a");
    call("text", "c");
    int before = requests();

    call("text", "a");
    assertThat(requests()).isEqualTo(before);
    call("text", "b");
    assertThat(requests()).isEqualTo(before + 1);
  }

  @Test
  void honours_the_expiry() throws Throwable {
    choices.body = () -> "done";
    call("text", "a");
    function.timing.advance(Duration.ofHours(1).plusSeconds(2));
    choices.body = () -> "anew";

    assertThat(call("text", "a")).isEqualTo("anew");
  }

  @Test
  void honours_the_validation() throws Throwable {
    choices.body = () -> "done";
    call("validated", "a");
    int before = requests();

    assertThatThrownBy(() -> call("validated", new Order("a", 6), "acme"))
        .isInstanceOfSatisfying(
            PayloadMismatchException.class, e -> assertThat(e.stored()).isPresent());
    assertThat(requests()).isEqualTo(before);
  }

  @Test
  void keeps_scopes_apart() throws Throwable {
    choices.body = () -> "of acme";
    call("text", new Order("a", 5), "acme");
    choices.body = () -> "of globex";

    assertThat(call("text", new Order("a", 5), "globex")).isEqualTo("of globex");
    assertThat(call("text", new Order("a", 5), "acme")).isEqualTo("of acme");
  }

  @Test
  void holds_no_failure() throws Throwable {
    choices.body =
        () -> {
          throw new IOException("down");
        };
    assertThatThrownBy(() -> call("keep", "a")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> call("keep", "a")).isInstanceOf(KeptFailureException.class);
    int before = requests();

    assertThatThrownBy(() -> call("keep", "a")).isInstanceOf(KeptFailureException.class);
    assertThat(requests()).isEqualTo(before + 1);
  }

  @Test
  void holds_nothing_that_was_not_stored() throws Throwable {
    choices.body = () -> "done";
    for (int i = 0; i < 6; i++) {
      function.store.failNext(Write.COMPLETE, new IllegalStateException("store down"));
    }
    call("text", "a");

    assertThatThrownBy(() -> call("text", "a")).isInstanceOf(InProgressException.class);
  }

  @Test
  void stands_64_threads() throws Throwable {
    AtomicInteger calls = new AtomicInteger();
    Idempotency work =
        Idempotency.of(
            IdempotencyOptions.builder().name("work").store(function.store).localCache(8).build());
    for (int i = 0; i < 16; i++) {
      String key = "key " + i;
      function.inside(() -> work.execute(key, String.class, () -> "result of " + key));
    }

    List<@Nullable Object> wrong =
        atOnce(
            64,
            () -> {
              int mixed = 0;
              for (int i = 0; i < 200; i++) {
                String key = "key " + calls.getAndIncrement() % 16;
                Object result =
                    function.inside(() -> work.execute(key, String.class, () -> "again"));
                mixed += ("result of " + key).equals(result) ? 0 : 1;
              }
              return mixed;
            });
    assertThat(wrong).hasSize(64).containsOnly(0);
  }

  @Nested
  class Types_that_nobody_can_change {

    record Money(String currency, java.math.BigDecimal amount) {}

    record Price(
        Optional<Money> money, Instant since, Disposition disposition, java.util.Date day) {}

    record Quote(Money money, Instant since, boolean valid) {}

    enum Disposition {
      GOOD
    }

    record Linked(String value, @Nullable Linked next) {}

    private void assertImmutable(Class<?> type, boolean expected) {
      assertThat(ImmutableTypes.include(type)).as(type.getName()).isEqualTo(expected);
    }

    @Test
    void are_told_from_those_that_somebody_can() {
      assertImmutable(String.class, true);
      assertImmutable(int.class, true);
      assertImmutable(Outcome.class, true);
      assertImmutable(Quote.class, true);
      assertImmutable(Linked.class, true);
      assertImmutable(Disposition.class, true);
      assertImmutable(Price.class, false);
      assertImmutable(Basket.class, false);
      assertImmutable(Object.class, false);
      assertImmutable(java.util.Date.class, false);
      assertThat(ImmutableTypes.include(new ResultType<Optional<Money>>() {}.type())).isTrue();
      assertThat(ImmutableTypes.include(new ResultType<List<Money>>() {}.type())).isFalse();
    }
  }
}
