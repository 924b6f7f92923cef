// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.DeadLetterQueue.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeadLetterSenderTest {

  private final TestTiming timing = new TestTiming();
  private Optional<Duration> timeLeft = Optional.empty();

  private BitSet send(FakeDeadLetters queue, List<DeadLetterMessage> messages) {
    return new DeadLetterSender(queue, timing, new Random(1), () -> timeLeft).send(messages);
  }

  private static DeadLetterMessage letter(String id, int bytes) {
    return new DeadLetterMessage("x".repeat(bytes), Map.of(), null, null, id);
  }

  private static List<DeadLetterMessage> letters(int count) {
    return IntStream.range(0, count).mapToObj(i -> letter("d" + i, 10)).toList();
  }

  private static BitSet all(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }

  @AfterEach
  void leaves_no_flag_behind() {
    Thread.interrupted();
  }

  @Nested
  class A_request {

    @Test
    void holds_ten_messages_at_most() {
      assertThat(DeadLetterSender.requests(letters(21)).stream().map(List::size))
          .containsExactly(10, 10, 1);
      assertThat(DeadLetterSender.requests(List.of())).isEmpty();
    }

    @Test
    void holds_one_mebibyte_at_most() {
      int half = 512 * 1024;
      List<DeadLetterMessage> letters =
          List.of(letter("a", half), letter("b", half), letter("c", 1), letter("d", 2 * half));

      assertThat(DeadLetterSender.requests(letters))
          .containsExactly(List.of(0, 1), List.of(2), List.of(3));
    }

    @Test
    void counts_names_types_and_values_of_attributes_in_utf_8() {
      DeadLetterMessage letter =
          new DeadLetterMessage(
              "€",
              Map.of(
                  "né", MessageAttribute.of("String", "ü"),
                  "b", MessageAttribute.of("Binary", new byte[5])),
              null,
              null,
              "id");

      assertThat(letter.size()).isEqualTo(3 + (3 + 6 + 2) + (1 + 6 + 5));
    }
  }

  @Test
  void sends_again_what_nobody_knows_of_and_not_what_is_confirmed_or_refused() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) ->
                q.requests.size() == 1
                    ? List.of(Receipt.UNKNOWN, Receipt.CONFIRMED, Receipt.REFUSED)
                    : q.accept(sent));

    BitSet confirmed = send(queue, letters(3));

    assertThat(confirmed.stream()).containsExactly(0, 1);
    assertThat(queue.requests.get(1)).containsExactly(letter("d0", 10));
    assertThat(queue.requests).hasSize(2);
    assertThat(timing.passed()).isPositive().isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void succeeds_after_two_requests_that_broke() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) -> {
              if (q.requests.size() < 3) {
                throw new IllegalStateException("500");
              }
              return q.accept(sent);
            });

    assertThat(send(queue, letters(4))).isEqualTo(all(4));
    assertThat(timing.passed()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void gives_up_after_three_attempts_and_does_not_try_the_rest_of_a_queue_out_of_reach() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) -> {
              throw new IllegalStateException("500");
            });

    assertThat(send(queue, letters(30))).isEqualTo(new BitSet());
    assertThat(queue.requests).hasSize(3);
  }

  @Test
  void goes_on_after_a_request_that_was_refused() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) ->
                q.requests.size() == 1
                    ? sent.stream().map(m -> Receipt.REFUSED).toList()
                    : q.accept(sent));

    assertThat(send(queue, letters(15)).stream()).containsExactly(10, 11, 12, 13, 14);
  }

  @Test
  void an_answer_with_too_few_receipts_confirms_no_more_than_it_says() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) -> List.of(Receipt.CONFIRMED).subList(0, q.requests.size() == 1 ? 1 : 0));

    assertThat(send(queue, letters(3)).stream()).containsExactly(0);
  }

  @Test
  void neither_repeats_nor_goes_on_after_the_queue_said_that_it_cannot_be_used() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) -> {
              if (q.requests.size() == 1) {
                return q.accept(sent);
              }
              throw new DeadLetterQueue.UnusableException(
                  "arn", "sqs:SendMessage", "denied", new IllegalStateException("403"));
            });
    DeadLetterSender sender = new DeadLetterSender(queue, timing, new Random(1), () -> timeLeft);

    assertThat(sender.send(letters(30))).isEqualTo(all(10));
    assertThat(queue.requests).hasSize(2);
    assertThat(sender.unusable()).hasMessage("denied");
    assertThat(timing.passed()).isZero();
  }

  @Nested
  class The_deadline {

    @Test
    void leaves_a_request_unsent_that_would_come_too_close() {
      timeLeft = Optional.of(Duration.ofMillis(499));
      FakeDeadLetters queue = FakeDeadLetters.accepting();

      assertThat(send(queue, letters(1))).isEqualTo(new BitSet());
      assertThat(queue.requests).isEmpty();
    }

    @Test
    void ends_the_attempts_on_a_queue_that_hangs() {
      timeLeft = Optional.of(Duration.ofSeconds(6));
      List<Duration> begun = new ArrayList<>();
      FakeDeadLetters hanging =
          FakeDeadLetters.answering(
              (q, sent) -> {
                begun.add(timeLeft.orElseThrow());
                timeLeft = timeLeft.map(left -> left.minusSeconds(5));
                throw new IllegalStateException("timed out after 5 s");
              });

      timeLeft = Optional.of(Duration.ofMillis(5400));
      assertThat(send(hanging, letters(1))).isEqualTo(new BitSet());
      assertThat(begun).hasSize(1);
    }

    @Test
    void is_never_passed_by_a_request() {
      FakeDeadLetters queue = FakeDeadLetters.accepting();

      timeLeft = Optional.of(Duration.ofSeconds(2));
      send(queue, letters(1));
      timeLeft = Optional.of(Duration.ofMinutes(5));
      send(queue, letters(1));
      timeLeft = Optional.empty();
      send(queue, letters(1));

      assertThat(queue.limits)
          .containsExactly(Duration.ofMillis(1750), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }
  }

  @Test
  void an_interruption_ends_the_attempts_and_stays_visible() {
    FakeDeadLetters queue =
        FakeDeadLetters.answering(
            (q, sent) -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("aborted");
            });

    assertThat(send(queue, letters(1))).isEqualTo(new BitSet());
    assertThat(queue.requests).hasSize(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
