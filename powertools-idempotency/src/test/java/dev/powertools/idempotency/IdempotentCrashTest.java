// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static dev.powertools.idempotency.Threads.atOnce;
import static dev.powertools.idempotency.Threads.callUnchecked;
import static dev.powertools.idempotency.Threads.onAnotherThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.IdempotencyOptions.WhenLost;
import dev.powertools.idempotency.Shop.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Processes that stop, and those that come back too late. */
class IdempotentCrashTest {

  private final Function function = new Function();
  private final Shop shop = new Shop();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call(String method) throws Throwable {
    return function.call(shop, method, order);
  }

  /** The process stops here: nothing after it runs, not even what handles failures. */
  private static final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  @Nested
  class A_process_that_is_killed {

    private void assertBlockedThenRunsOnce() throws Throwable {
      shop.bodies.set(0);
      shop.body = () -> "second";
      assertThatThrownBy(() -> call("text")).isInstanceOf(InProgressException.class);
      function.timing.advance(Duration.ofSeconds(32));
      assertThatThrownBy(() -> call("text")).isInstanceOf(InProgressException.class);
      function.timing.advance(Duration.ofMillis(1));

      assertThat(atOnce(64, () -> function.call(shop, "text", order)))
          .allMatch(result -> "second".equals(result) || result instanceof InProgressException);
      assertThat(shop.bodies).hasValue(1);
      assertThat(function.signals).contains("idempotency.taken_over");
    }

    @Test
    void before_its_claim_was_written_blocks_nobody() throws Throwable {
      function.store.failNext(Write.CLAIM, new Killed());
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);

      shop.body = () -> "second";
      assertThat(call("text")).isEqualTo("second");
      assertThat(shop.bodies).hasValue(1);
    }

    @Test
    void after_its_claim_was_written_blocks_until_the_lease_is_over() throws Throwable {
      function.store.loseNextAnswer(Write.CLAIM, new Killed());
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);

      assertBlockedThenRunsOnce();
    }

    @Test
    void in_the_middle_of_its_work_blocks_until_the_lease_is_over() throws Throwable {
      shop.body =
          () -> {
            throw new Killed();
          };
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);

      assertBlockedThenRunsOnce();
    }

    @Test
    void before_its_result_was_written_blocks_until_the_lease_is_over() throws Throwable {
      function.store.failNext(Write.COMPLETE, new Killed());
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);

      assertBlockedThenRunsOnce();
    }

    @Test
    void after_its_result_was_written_leaves_the_result() throws Throwable {
      shop.body = () -> "first";
      function.store.loseNextAnswer(Write.COMPLETE, new Killed());
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);

      assertThat(call("text")).isEqualTo("first");
      assertThat(shop.bodies).hasValue(1);
    }

    @Test
    void before_its_release_was_written_blocks_until_the_lease_is_over() throws Throwable {
      shop.body =
          () -> {
            throw new IOException("down");
          };
      function.store.failNext(Write.RELEASE, new Killed());
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);

      assertBlockedThenRunsOnce();
    }
  }

  @Nested
  class A_call_whose_lease_was_taken_over {

    private void takeOver() throws Exception {
      function.timing.advance(Duration.ofSeconds(33));
      Callable<?> slow = shop.body;
      shop.body = () -> "the one that counts";
      onAnotherThread(() -> callUnchecked(() -> call("text")));
      shop.body = slow;
    }

    @Test
    void loses_its_claim_and_overwrites_nothing() throws Throwable {
      shop.body =
          () -> {
            takeOver();
            return "too late";
          };
      try (LogCapture log = LogCapture.begin()) {
        assertThatThrownBy(() -> call("text"))
            .isInstanceOfSatisfying(
                ClaimLostException.class,
                e -> assertThat(e.disposition()).isEqualTo(Disposition.WAIT));
        assertThat(log.lines())
            .anyMatch(line -> line.startsWith("ERROR") && line.contains("ClaimLostException"));
      }

      assertThat(call("text")).isEqualTo("the one that counts");
      assertThat(function.signals).contains("idempotency.taken_over", "idempotency.lost");
    }

    @Test
    void deletes_nothing_when_it_fails() throws Throwable {
      IOException failure = new IOException("down");
      shop.body =
          () -> {
            takeOver();
            throw failure;
          };

      assertThatThrownBy(() -> call("text")).isSameAs(failure);
      assertThat(call("text")).isEqualTo("the one that counts");
    }

    @Test
    void gets_its_own_result_if_that_is_configured() throws Throwable {
      FunctionRuntime lenient =
          function
              .builder(Map.of())
              .part(IdempotencyStore.class, function.store)
              .part(
                  IdempotencyOptions.class,
                  IdempotencyOptions.builder().whenLost(WhenLost.RETURN).build())
              .build();
      LiveInvocation invocation =
          LiveInvocation.under(lenient).context(new TestContext("slow", 30_000)).open();
      shop.body =
          () -> {
            takeOver();
            return "too late";
          };

      assertThat(Function.callIn(invocation, shop, "text", order)).isEqualTo("too late");
      assertThat(call("text")).isEqualTo("the one that counts");
    }

    @Test
    void keeps_its_result_if_nobody_else_has_claimed_meanwhile() throws Throwable {
      shop.body =
          () -> {
            function.timing.advance(Duration.ofMinutes(5));
            return "late but alone";
          };

      assertThat(call("text")).isEqualTo("late but alone");
      assertThat(call("text")).isEqualTo("late but alone");
    }
  }

  @Nested
  class Logs_and_messages {

    @Test
    void never_hold_the_raw_key_or_the_result() throws Throwable {
      List<String> said = new ArrayList<>();
      try (LogCapture log = LogCapture.begin()) {
        shop.body =
            () -> {
              function.timing.advance(Duration.ofSeconds(33));
              onAnotherThread(() -> callUnchecked(() -> call("text")));
              return "secret result";
            };
        Callable<?> nested = shop.body;
        shop.body =
            () -> {
              shop.body = () -> "the one that counts";
              return nested.call();
            };
        said.add(String.valueOf(callCatching()));
        function.store.failNext(Write.CLAIM, new IllegalStateException("down"));
        said.add(String.valueOf(callCatching()));
        said.addAll(log.lines());
      }

      assertThat(said)
          .hasSizeGreaterThan(2)
          .noneMatch(line -> line.contains("secret-order-id") || line.contains("secret result"));
    }

    private Throwable callCatching() {
      try {
        call("text");
        return new AssertionError("no exception");
      } catch (Throwable t) {
        return t;
      }
    }
  }
}
