// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static dev.powertools.idempotency.Threads.callUnchecked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Choices.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a method can choose: lease, validation, stores, unprotected runs. */
class IdempotentChoicesTest {

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call(String method) throws Throwable {
    return function.call(choices, method, order);
  }

  private StoredRecord lastClaim() {
    List<StoredRecord> claims = function.store.claims();
    return claims.get(claims.size() - 1);
  }

  /** The process stops here. */
  private static final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  private static Callable<?> failing(Throwable failure) {
    return () -> {
      throw TestStore.<RuntimeException>unchecked(failure);
    };
  }

  @Nested
  class A_lease {

    @Test
    void is_longer_by_choice() throws Throwable {
      call("longLease");

      assertThat(lastClaim().leaseEnd()).contains(TestTiming.START.plus(Duration.ofMinutes(20)));
    }

    @Test
    void is_never_shorter_than_the_time_left_and_that_is_said_once() throws Throwable {
      try (LogCapture log = LogCapture.begin()) {
        LiveInvocation invocation = function.invocation();
        var chain = function.link(choices, "shortLease");
        for (String id : List.of("a", "b")) {
          Object[] arguments = {new Order(id, 1)};
          chain.call(invocation, choices, arguments, (target, args) -> "done");
        }
        assertThat(log.lines())
            .filteredOn(line -> line.contains("The lease of short is PT5S"))
            .hasSize(1);
      }
      assertThat(lastClaim().leaseEnd()).contains(TestTiming.START.plusSeconds(32));
    }

    @Test
    void is_the_chosen_one_where_there_is_no_deadline() throws Throwable {
      Function.callIn(function.invocation(null), choices, "shortLease", order);

      assertThat(lastClaim().leaseEnd()).contains(TestTiming.START.plusSeconds(5));
    }

    @Test
    void until_the_expiry_lets_work_that_was_stopped_never_run_again_before() throws Throwable {
      choices.body = failing(new Killed());
      assertThatThrownBy(() -> call("atMostOnce")).isInstanceOf(Killed.class);
      choices.body = () -> "again";
      for (int minutes = 0; minutes < 60; minutes += 10) {
        assertThatThrownBy(() -> call("atMostOnce")).isInstanceOf(InProgressException.class);
        function.timing.advance(Duration.ofMinutes(10));
      }
      assertThat(choices.bodies).hasValue(1);

      function.timing.advance(Duration.ofSeconds(2));
      assertThat(call("atMostOnce")).isEqualTo("again");
    }

    @Test
    void until_the_expiry_holds_although_the_result_could_not_be_stored() throws Throwable {
      choices.body = () -> "done";
      for (int i = 0; i < 6; i++) {
        function.store.failNext(Write.COMPLETE, new IllegalStateException("store down"));
      }
      assertThat(call("atMostOnce")).isEqualTo("done");
      function.timing.advance(Duration.ofMinutes(30));

      assertThatThrownBy(() -> call("atMostOnce")).isInstanceOf(InProgressException.class);
      assertThat(choices.bodies).hasValue(1);
    }
  }

  @Nested
  class A_payload_that_is_validated {

    @Test
    void and_is_the_same_gets_the_stored_result() throws Throwable {
      choices.body = () -> "done";

      assertThat(call("validated")).isEqualTo("done");
      assertThat(call("validated")).isEqualTo("done");
    }

    @Test
    void and_differs_is_refused_with_the_record_of_the_first_call() throws Throwable {
      choices.body = () -> "done";
      call("validated");

      assertThatThrownBy(() -> function.call(choices, "validated", new Order("secret-order-id", 6)))
          .isInstanceOfSatisfying(
              PayloadMismatchException.class,
              e -> {
                assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER);
                assertThat(e.stored().orElseThrow().data())
                    .contains("\"done\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                assertThat(e).hasMessageNotContaining("secret-order-id");
              });
      assertThat(choices.bodies).hasValue(1);
      assertThat(function.signals).endsWith("idempotency.mismatch");
    }

    @Test
    void is_compared_where_a_result_could_not_be_kept_too() throws Throwable {
      function.store.limitData(3);
      choices.body = () -> "long";
      call("validated");

      assertThatThrownBy(() -> function.call(choices, "validated", new Order("secret-order-id", 6)))
          .isInstanceOf(PayloadMismatchException.class);
    }

    @Test
    void has_nothing_to_be_compared_with_if_the_result_is_older_than_the_validation()
        throws Throwable {
      choices.body = () -> "done";
      call("validated");
      function.store.rewrite(record -> record.toBuilder().validation(null).build());

      assertThat(call("validated")).isEqualTo("done");
    }

    private final Idempotency plain =
        Idempotency.of(IdempotencyOptions.builder().name("plain").store(function.store).build());

    private @Nullable Object plain(Map<String, Integer> payload) throws Throwable {
      return function.inside(() -> plain.execute("key", payload, String.class, () -> "done"));
    }

    @Test
    void is_all_of_it_in_plain_code_whatever_the_order() throws Throwable {
      assertThat(plain(Map.of("a", 1, "b", 2))).isEqualTo("done");
      assertThat(plain(Map.of("b", 2, "a", 1))).isEqualTo("done");

      assertThatThrownBy(() -> plain(Map.of("a", 1))).isInstanceOf(PayloadMismatchException.class);
    }

    @Test
    void is_what_the_options_point_to_in_plain_code() throws Throwable {
      Idempotency parts =
          Idempotency.of(
              IdempotencyOptions.builder()
                  .name("parts")
                  .store(function.store)
                  .validate("/a")
                  .build());
      function.inside(
          () -> parts.execute("k", Map.of("a", 1, "b", 1), new ResultType<String>() {}, () -> "x"));

      assertThat(
              function.inside(
                  () -> parts.execute("k", Map.of("a", 1, "b", 2), String.class, () -> "y")))
          .isEqualTo("x");
      assertThatThrownBy(() -> function.inside(() -> parts.execute("k", String.class, () -> "y")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("execute(key, payload, type, work)");
    }
  }

  @Nested
  class A_store_that_fails_at_the_claim {

    @Test
    void lets_work_run_that_had_rather_be_done_twice_than_not_at_all() throws Throwable {
      choices.body = () -> "unprotected";
      function.store.failNext(Write.CLAIM, new IllegalStateException("store down"));

      try (LogCapture log = LogCapture.begin()) {
        assertThat(call("unprotected")).isEqualTo("unprotected");
        assertThat(log.lines())
            .anyMatch(line -> line.startsWith("WARN") && line.contains("runs unprotected"));
      }
      assertThat(function.signals)
          .containsExactly("idempotency.store_failed", "idempotency.unprotected");
      assertThat(function.store.writes()).containsExactly(Write.CLAIM);
    }

    @Test
    void never_lets_it_run_without_a_key() {
      assertThatThrownBy(() -> function.call(choices, "unprotected", new Order(null, 1)))
          .isInstanceOf(IdempotencyKeyException.class);
      assertThat(choices.bodies).hasValue(0);
    }
  }

  @Nested
  class Several_stores {

    private final TestStore ledger = new TestStore();

    private FunctionRuntime runtime() {
      return function
          .builder(Map.of())
          .part(IdempotencyStore.class, function.store)
          .part(IdempotencyStores.class, IdempotencyStores.of(Map.of("ledger", ledger)))
          .build();
    }

    private @Nullable Object call(String method) throws Throwable {
      LiveInvocation invocation = LiveInvocation.under(runtime()).open();
      return Function.callIn(invocation, choices, method, order);
    }

    @Test
    void are_chosen_by_name() throws Throwable {
      call("elsewhere");
      call("text");

      assertThat(ledger.writes()).containsExactly(Write.CLAIM, Write.COMPLETE);
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.COMPLETE);
    }

    @Test
    void do_not_take_the_same_key_in_another_for_a_nested_call() throws Throwable {
      IdempotencyOptions options = IdempotencyOptions.builder().name("same").build();
      Idempotency here = Idempotency.of(options.toBuilder().store(function.store).build());
      Idempotency there = Idempotency.of(options.toBuilder().store(ledger).build());

      Object result =
          function.inside(
              () ->
                  here.execute(
                      "k",
                      String.class,
                      () -> "in " + there.execute("k", String.class, () -> "x")));
      assertThat(result).isEqualTo("in x");
      assertThatThrownBy(
              () ->
                  function.inside(
                      () ->
                          here.execute(
                              "l", String.class, () -> here.execute("l", String.class, () -> "x"))))
          .isInstanceOf(NestedClaimException.class);
    }
  }

  @Nested
  class At_initialisation {

    private void assertRefused(String method, String... message) {
      assertThatThrownBy(() -> function.link(choices, method))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Choices." + method + "(")
          .hasMessageContaining("@Idempotent")
          .hasMessageContainingAll(message);
    }

    @Test
    void a_lease_that_is_no_time_is_refused() {
      assertRefused("badLease", "lease: ", "soon", "until-expiry");
    }

    @Test
    void a_pointer_to_validate_that_is_none_is_refused() {
      assertRefused("badPointer", "validate: ", "starts with '/'");
    }

    @Test
    void a_pointer_to_validate_that_can_lead_nowhere_is_refused() {
      assertRefused("noComponent", "validate = \"/price\"", "[id, amount]");
    }

    @Test
    void a_store_that_is_not_there_is_refused() {
      assertRefused("badStore", "store = \"nowhere\"", "IdempotencyStores");
    }

    @Test
    void a_fallback_that_cannot_be_made_is_refused() {
      assertRefused("badFallback", "fallback: ", "NeedsMore", "without parameters");
    }

    @Test
    void options_that_are_none_are_refused() {
      IdempotencyOptions.Builder options = IdempotencyOptions.builder();

      assertThatThrownBy(() -> options.localCache(-1).build()).hasMessageContaining("localCache");
      assertThatThrownBy(() -> IdempotencyOptions.builder().validate("a").build())
          .hasMessageContaining("validate: ");
      assertThatThrownBy(() -> IdempotencyOptions.builder().lease(Duration.ZERO).build())
          .hasMessageContaining("lease must be longer than zero");
      assertThatThrownBy(() -> IdempotencyOptions.builder().expiry(Duration.ofDays(36_501)).build())
          .hasMessageContaining("36500 days at most, and is PT876024H");
      Idempotency tooLong = Idempotency.of("x".repeat(256));
      assertThatThrownBy(
              () -> function.inside(() -> tooLong.execute("o-1", String.class, () -> "")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("256 characters");
      assertThatCode(() -> IdempotencyOptions.defaults().toBuilder().build())
          .doesNotThrowAnyException();
    }
  }

  @Nested
  class Work_that_outlives_its_lease {

    private void failsElsewhereMeanwhile(String method) throws Exception {
      function.timing.advance(Duration.ofSeconds(33));
      Callable<?> slow = choices.body;
      choices.body = failing(new IOException("the other fails"));
      Threads.onAnotherThread(
          () -> assertThatThrownBy(() -> call(method)).isInstanceOf(IOException.class));
      choices.body = slow;
    }

    @Test
    void counts_although_the_one_who_took_over_has_failed_and_released() throws Throwable {
      choices.body =
          () -> {
            failsElsewhereMeanwhile("text");
            return "late and true";
          };

      assertThat(call("text")).isEqualTo("late and true");
      choices.body = () -> "again";
      assertThat(call("text")).isEqualTo("late and true");
      assertThat(function.store.writes())
          .containsExactly(
              Write.CLAIM, Write.CLAIM, Write.RELEASE, Write.COMPLETE, Write.CLAIM, Write.CLAIM);
    }

    @Test
    void is_lost_if_somebody_works_again_already() throws Throwable {
      choices.body =
          () -> {
            failsElsewhereMeanwhile("text");
            return "late";
          };
      function.store.beforeNext(
          Write.COMPLETE,
          () -> {
            Callable<?> mine = choices.body;
            choices.body = failing(new Killed());
            callCatching("text");
            choices.body = mine;
          });

      assertThatThrownBy(() -> call("text")).isInstanceOf(ClaimLostException.class);
    }

    private void callCatching(String method) {
      Throwable[] thrown = new Throwable[1];
      try {
        Threads.onAnotherThread(
            () -> {
              try {
                callUnchecked(() -> call(method));
              } catch (Throwable t) {
                thrown[0] = t;
              }
            });
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      assertThat(thrown[0]).isInstanceOf(Killed.class);
    }
  }
}
