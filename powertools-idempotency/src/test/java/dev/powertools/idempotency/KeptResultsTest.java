// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Choices.Order;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.ResultSpill;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Results that do not fit into a record. */
class KeptResultsTest {

  private static final String REPETITIVE = "abc ".repeat(1_000);
  private static final String RANDOM = random();

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private final Order order = new Order("o-1", 5);
  private final Spill spill = new Spill();

  private static String random() {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(2_000, 'a', 'z').forEach(c -> text.append((char) c));
    return text.toString();
  }

  /** A bucket in memory. */
  private static final class Spill implements ResultSpill {
    final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    @Nullable RuntimeException failure;
    boolean interrupted;

    @Override
    public String put(byte[] result, Instant expiry) {
      interrupted = Thread.currentThread().isInterrupted();
      fail();
      String reference = "bucket/" + kept.size();
      kept.put(reference, result);
      expiries.put(reference, expiry);
      return reference;
    }

    @Override
    public Optional<byte[]> get(String reference) {
      fail();
      return Optional.ofNullable(kept.get(reference));
    }

    private void fail() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private @Nullable Object call(String method, FunctionRuntime.Builder runtime) throws Throwable {
    LiveInvocation invocation =
        LiveInvocation.under(runtime.part(IdempotencyStore.class, function.store).build())
            .context(new TestContext("request", Function.MILLIS_LEFT))
            .open();
    return Function.callIn(invocation, choices, method, order);
  }

  private @Nullable Object callSpilling(String method) throws Throwable {
    return call(method, function.builder(Map.of()).part(ResultSpill.class, spill));
  }

  private @Nullable Object call(String method) throws Throwable {
    return call(method, function.builder(Map.of()));
  }

  private Content content() {
    return function.store.records().get(0).content();
  }

  @Nested
  class A_result_that_is_too_large {

    @Test
    void is_compressed() throws Throwable {
      function.store.limitData(500);
      choices.body = () -> REPETITIVE;

      assertThat(call("text")).isEqualTo(REPETITIVE);
      assertThat(call("text")).isEqualTo(REPETITIVE);
      assertThat(content()).isEqualTo(Content.COMPRESSED_RESULT);
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void and_compressed_too_is_spilled_until_the_record_expires() throws Throwable {
      function.store.limitData(500);
      choices.body = () -> RANDOM;

      assertThat(callSpilling("text")).isEqualTo(RANDOM);
      assertThat(callSpilling("text")).isEqualTo(RANDOM);
      assertThat(content()).isEqualTo(Content.SPILLED_RESULT);
      assertThat(spill.expiries.values()).containsExactly(function.store.records().get(0).expiry());
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void is_spilled_with_the_interrupt_set_aside() throws Throwable {
      function.store.limitData(500);
      choices.body =
          () -> {
            Thread.currentThread().interrupt();
            return RANDOM;
          };

      callSpilling("text");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(spill.interrupted).isFalse();
    }

    @Test
    void and_cannot_be_spilled_counts_as_done_loudly() throws Throwable {
      function.store.limitData(500);
      choices.body = () -> RANDOM;
      spill.failure = new IllegalStateException("bucket down");

      try (LogCapture log = LogCapture.begin()) {
        assertThat(callSpilling("text")).isEqualTo(RANDOM);
        assertThat(log.lines())
            .anyMatch(line -> line.startsWith("ERROR") && line.contains("bucket down"));
      }
      assertThat(function.signals).endsWith("idempotency.result_not_kept");
      assertThatThrownBy(() -> callSpilling("text")).isInstanceOf(ResultNotKeptException.class);
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void and_nothing_takes_it_counts_as_done() throws Throwable {
      function.store.limitData(500);
      choices.body = () -> RANDOM;
      call("text");

      assertThatThrownBy(() -> call("text")).isInstanceOf(ResultNotKeptException.class);
      assertThat(content()).isEqualTo(Content.NOT_KEPT);
    }

    @Test
    void for_any_codec_to_read_again_counts_as_done() throws Throwable {
      choices.body = () -> "x".repeat(8 * 1024 * 1024);
      call("text");

      assertThatThrownBy(() -> call("text")).isInstanceOf(ResultNotKeptException.class);
    }
  }

  @Nested
  class A_result_that_was_spilled {

    private void spilled() throws Throwable {
      function.store.limitData(500);
      choices.body = () -> RANDOM;
      callSpilling("text");
    }

    @Test
    void and_is_gone_was_not_kept() throws Throwable {
      spilled();
      spill.kept.clear();

      assertThatThrownBy(() -> callSpilling("text"))
          .isInstanceOf(ResultNotKeptException.class)
          .hasMessageContaining("no longer at bucket/0");
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void and_cannot_be_had_now_can_be_had_later() throws Throwable {
      spilled();
      spill.failure = new IllegalStateException("bucket down");

      assertThatThrownBy(() -> callSpilling("text"))
          .isInstanceOfSatisfying(
              IdempotencyStoreException.class,
              e -> assertThat(e.disposition()).isEqualTo(Disposition.RETRY_LATER));
      spill.failure = null;
      assertThat(callSpilling("text")).isEqualTo(RANDOM);
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void needs_the_spill_to_be_read() throws Throwable {
      spilled();

      assertThatThrownBy(() -> call("text"))
          .isInstanceOf(ResultNotKeptException.class)
          .hasMessageContaining("no ResultSpill part");
    }
  }

  @Nested
  class A_result_that_was_not_kept {

    @Test
    void comes_from_the_fallback_that_the_method_names() throws Throwable {
      function.store.limitData(3);
      choices.body = () -> "first";

      assertThat(call("withFallback")).isEqualTo("first");
      assertThat(call("withFallback")).isEqualTo("from the ledger: 5");
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void comes_from_the_fallback_of_the_options_which_may_throw_what_it_likes() throws Throwable {
      function.store.limitData(3);
      Idempotency work =
          Idempotency.of(
              IdempotencyOptions.builder()
                  .name("work")
                  .store(function.store)
                  .fallback(
                      (why, arguments) -> {
                        throw new IllegalStateException("no ledger for " + arguments[0], why);
                      })
                  .build());
      function.inside(() -> work.execute("k", String.class, () -> "first"));

      assertThatThrownBy(
              () -> function.inside(() -> work.execute("k", String.class, () -> "again")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no ledger for k")
          .hasCauseInstanceOf(ResultNotKeptException.class);
    }
  }

  @Test
  void what_is_compressed_and_broken_is_unreadable_and_its_work_never_repeated() throws Throwable {
    function.store.limitData(500);
    choices.body = () -> REPETITIVE;
    call("text");
    byte[] broken = "broken".getBytes(StandardCharsets.UTF_8);
    function.store.rewrite(record -> record.toBuilder().data(broken).build());

    assertThatThrownBy(() -> call("text")).isInstanceOf(ResultUnreadableException.class);
    assertThat(choices.bodies).hasValue(1);
  }
}
