// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.json.JsonPointer;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureNoteTest {

  private static final JsonPointer FRAME = JsonPointer.of("/frames/0");
  private static final JsonPointer MSG = JsonPointer.of("/msg");
  private static final JsonPointer EX = JsonPointer.of("/ex");

  private final LiveInvocation invocation =
      Fixtures.batch(Fixtures.runtime(FakeDeadLetters.none()).build());

  private static DeadLetterMessage attach(SqsMessage message, Parked parked) {
    return FailureNote.attach(message, parked, 0);
  }

  private Parked parked(Throwable failure) {
    return new Parked(DeadLetterReason.PERMANENT, "said so", failure, invocation);
  }

  private static SqsMessage message(Map<String, MessageAttribute> attributes) {
    return Fixtures.sqs(
        "m-1",
        "body",
        Fixtures.FIFO,
        Map.of(
            "MessageGroupId", "g",
            "MessageDeduplicationId", "d",
            "AWSTraceHeader", "Root=1",
            "ApproximateReceiveCount", "4",
            "SentTimestamp", "1763712000000",
            "ApproximateFirstReceiveTimestamp", "1763712001000"),
        attributes);
  }

  private static Map<String, MessageAttribute> attributes(int count) {
    Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      attributes.put("a" + i, MessageAttribute.of("Number.int", "" + i));
    }
    return attributes;
  }

  @Test
  void keeps_the_message_as_it_was_sent() {
    DeadLetterMessage letter = attach(message(attributes(3)), parked(null));

    assertThat(letter.body()).isEqualTo("body");
    assertThat(letter.traceHeader()).isEqualTo("Root=1");
    assertThat(letter.groupId()).isEqualTo("g");
    assertThat(letter.deduplicationId()).isEqualTo("m-1");
    assertThat(letter.attributes())
        .containsAllEntriesOf(message(letter.attributes()).messageAttributes());
    assertThat(letter.attributes())
        .containsOnlyKeys("a0", "a1", "a2", "pt.failure", "pt.origin", "pt.reason");
  }

  @Test
  void whatever_the_senders_attributes_are_they_survive_by_type_and_value() {
    Seeds.forEach(
        200,
        random -> {
          Map<String, MessageAttribute> sent = randomAttributes(random);
          DeadLetterMessage letter = attach(message(sent), parked(null));
          assertThat(letter.attributes()).hasSizeLessThanOrEqualTo(10).containsKey("pt.failure");
          SqsMessage again = redriven(letter);
          Map<String, MessageAttribute> kept = new HashMap<>(again.messageAttributes());
          kept.keySet().removeIf(name -> name.startsWith("pt."));
          assertThat(kept).isEqualTo(sent);
          assertThat(again.body()).isEqualTo("body");
          assertThat(again.originId()).isEqualTo("m-1");
        });
  }

  private static Map<String, MessageAttribute> randomAttributes(Random random) {
    Map<String, MessageAttribute> attributes = new HashMap<>();
    for (int i = random.nextInt(11); i > 0; i--) {
      byte[] bytes = new byte[1 + random.nextInt(20)];
      random.nextBytes(bytes);
      attributes.put(
          "a" + i,
          random.nextBoolean()
              ? MessageAttribute.of("Binary.x" + i, bytes)
              : MessageAttribute.of("Number.int", "" + random.nextLong()));
    }
    return attributes;
  }

  @Nested
  class With_few_free_places {

    private Map<String, MessageAttribute> noted(int count) {
      return attach(message(attributes(count)), parked(null)).attributes();
    }

    @Test
    void says_the_most_telling_things_first() {
      assertThat(noted(7)).hasSize(10).containsKeys("pt.failure", "pt.origin", "pt.reason");
      assertThat(noted(8)).hasSize(9).containsKey("pt.failure");
      assertThat(noted(9)).hasSize(10).containsKey("pt.failure");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10})
    void the_origin_is_known_all_the_same_when_it_comes_back(int count) {
      DeadLetterMessage letter = attach(message(attributes(count)), parked(null));

      SqsMessage again = redriven(letter);

      assertThat(again.messageId()).isEqualTo("m-2");
      assertThat(again.originId()).isEqualTo("m-1");
    }
  }

  /** As it comes when the dead-letter queue is redriven. */
  private static SqsMessage redriven(DeadLetterMessage letter) {
    return SqsMessages.of(
        0, "m-2", letter.body(), Fixtures.FIFO, null, Map.of(), letter.attributes());
  }

  @Nested
  class Without_a_free_place {

    @Test
    void the_original_is_in_the_body_and_comes_back_as_it_was() {
      DeadLetterMessage letter = attach(message(attributes(10)), parked(null));

      assertThat(letter.attributes()).containsOnlyKeys("pt.failure", "pt.origin", "pt.reason");
      assertThat(letter.body())
          .startsWith("{\"type\":\"application/vnd.pt.dlq+json;v=1\",\"body\":\"body\"");
      SqsMessage again = redriven(letter);
      assertThat(again.body()).isEqualTo("body");
      assertThat(again.messageAttributes()).containsAllEntriesOf(attributes(10));
    }

    @Test
    void it_fails_again_as_it_failed_at_first() {
      DeadLetterMessage first = attach(message(attributes(10)), parked(null));

      DeadLetterMessage second = attach(redriven(first), parked(null));

      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.attributes().get("pt.origin").text()).contains("m-1");
    }

    @Test
    void what_only_looks_like_one_of_ours_is_left_alone() {
      String body = attach(message(attributes(10)), parked(null)).body();
      MessageAttribute foreign =
          MessageAttribute.of("String", "{\"v\":1,\"srcArn\":\"arn:aws:sqs:x:1:other\"}");

      assertThat(
              SqsMessages.of(
                      0, "m", body, Fixtures.FIFO, null, Map.of(), Map.of("pt.failure", foreign))
                  .body())
          .isEqualTo(body);
      assertThat(SqsMessages.of(0, "m", body, Fixtures.FIFO, null, Map.of(), Map.of()).body())
          .isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"type\":\"application/vnd.pt.dlq+json;v=1\",\"body\":",
          "{\"type\":\"application/vnd.pt.dlq+json;v=1\",\"attributes\":{}}",
          "{\"type\":\"application/vnd.pt.dlq+json;v=1\",\"body\":\"b\",\"attributes\":{\"a\":{\"base64\":\"?\"}}}"
        })
    void what_is_broken_stays_as_it_is(String body) {
      DeadLetterMessage letter = attach(message(attributes(1)), parked(null));

      assertThat(
              SqsMessages.of(0, "m", body, Fixtures.FIFO, null, Map.of(), letter.attributes())
                  .body())
          .isEqualTo(body);
    }

    @Test
    void one_that_would_get_too_large_goes_as_it_was() {
      Map<String, MessageAttribute> ten = attributes(10);
      int bytes = 0;
      for (var each : ten.entrySet()) {
        bytes += each.getKey().length() + "Number.int".length() + 1;
      }
      String body = "\n".repeat(DeadLetterSender.MOST_BYTES - bytes);
      SqsMessage large = Fixtures.sqs("m", body, Fixtures.FIFO, Map.of(), ten);

      DeadLetterMessage letter = attach(large, parked(null));

      assertThat(letter.body()).isEqualTo(body);
      assertThat(letter.attributes()).isEqualTo(ten);
      assertThat(letter.size()).isEqualTo(DeadLetterSender.MOST_BYTES);
    }
  }

  @Test
  void a_message_that_has_no_room_for_the_text_of_its_failure_goes_without_that() {
    SqsMessage large =
        Fixtures.sqs("m", "x".repeat(DeadLetterSender.MOST_BYTES - 700), "", Map.of(), Map.of());

    DeadLetterMessage letter = attach(large, parked(new IllegalStateException("y".repeat(500))));

    assertThat(letter.size()).isLessThanOrEqualTo(DeadLetterSender.MOST_BYTES);
    assertThat(letter.attributes().get("pt.failure").text())
        .hasValueSatisfying(
            text -> assertThat(text).doesNotContain("msg").contains("IllegalStateException"));
  }

  @Nested
  class At_the_size_limit {

    private final Throwable failure = new IllegalStateException("y".repeat(500));

    /** Of which so many bytes are left for the attributes. */
    private EventView noteWith(int free) {
      String body = "x".repeat(DeadLetterSender.MOST_BYTES - free);
      DeadLetterMessage letter =
          FailureNote.attach(
              Fixtures.sqs("m", body, Fixtures.STANDARD, Map.of(), Map.of()), parked(failure), 5);
      assertThat(letter.size()).isLessThanOrEqualTo(DeadLetterSender.MOST_BYTES);
      assertThat(letter.body()).isEqualTo(body);
      MessageAttribute note = letter.attributes().get("pt.failure");
      return EventView.of(note == null ? "{}" : note.text().orElseThrow());
    }

    private int whole() {
      SqsMessage small = Fixtures.sqs("m", "", Fixtures.STANDARD, Map.of(), Map.of());
      return FailureNote.attach(small, parked(failure), 5).size();
    }

    @Test
    void all_is_said_for_which_there_is_just_room() {
      assertThat(noteWith(whole()).text(FRAME)).isPresent();
    }

    @Test
    void frames_go_first() {
      EventView note = noteWith(whole() - 1);

      assertThat(note.text(FRAME)).isEmpty();
      assertThat(note.text(MSG)).hasValueSatisfying(text -> assertThat(text).hasSize(500));
    }

    @Test
    void the_text_goes_next() {
      int withoutFrames =
          attach(Fixtures.sqs("m", "", Fixtures.STANDARD, Map.of(), Map.of()), parked(failure))
              .size();

      assertThat(noteWith(withoutFrames).text(MSG)).isPresent();
      EventView note = noteWith(withoutFrames - 1);
      assertThat(note.text(MSG)).isEmpty();
      assertThat(note.text(EX)).contains("java.lang.IllegalStateException");
    }

    @Test
    void then_all_of_it() {
      int withoutText =
          attach(Fixtures.sqs("m", "", Fixtures.STANDARD, Map.of(), Map.of()), parked(failure))
                  .size()
              - ",\"msg\":\"\"".length()
              - 500;

      assertThat(noteWith(withoutText).text(EX)).isPresent();
      assertThat(noteWith(withoutText - 1).text(EX)).isEmpty();
    }
  }

  @Test
  void a_message_that_would_get_too_large_goes_without() {
    SqsMessage large =
        Fixtures.sqs("m", "x".repeat(DeadLetterSender.MOST_BYTES - 50), "", Map.of(), Map.of());

    assertThat(attach(large, parked(null)).attributes()).isEmpty();
  }

  @Test
  void a_copy_that_fails_again_keeps_its_origin_and_has_one_note() {
    DeadLetterMessage first = attach(message(attributes(7)), parked(null));
    SqsMessage copy = Fixtures.sqs("m-2", "body", Fixtures.FIFO, Map.of(), first.attributes());

    DeadLetterMessage second = attach(copy, parked(null));

    assertThat(second.attributes()).hasSize(10);
    assertThat(second.attributes().get("pt.origin").text()).contains("m-1");
    assertThat(second.deduplicationId()).isEqualTo("m-2");
  }

  @Nested
  class The_failure {

    private EventView json(Throwable failure) {
      String text =
          attach(message(Map.of()), parked(failure))
              .attributes()
              .get("pt.failure")
              .text()
              .orElseThrow();
      return EventView.of(text);
    }

    private String at(EventView json, String pointer) {
      return json.text(JsonPointer.of(pointer)).orElse("(none)");
    }

    @Test
    void says_what_where_and_when() {
      EventView json = json(new IllegalStateException("amount", new IOException("root")));

      assertThat(at(json, "/v")).isEqualTo("1");
      assertThat(at(json, "/reason")).isEqualTo("PERMANENT");
      assertThat(at(json, "/ex")).isEqualTo("java.lang.IllegalStateException");
      assertThat(at(json, "/rootEx")).isEqualTo("java.io.IOException");
      assertThat(at(json, "/msg")).isEqualTo("amount");
      assertThat(at(json, "/receives")).isEqualTo("4");
      assertThat(at(json, "/failedAt")).isEqualTo("2026-11-21T10:00:00Z");
      assertThat(at(json, "/srcArn")).isEqualTo(Fixtures.FIFO);
      assertThat(at(json, "/srcMsgId")).isEqualTo("m-1");
      assertThat(at(json, "/originId")).isEqualTo("m-1");
      assertThat(at(json, "/groupId")).isEqualTo("g");
      assertThat(at(json, "/dedupId")).isEqualTo("d");
      assertThat(at(json, "/trace")).isEqualTo("Root=1");
      assertThat(at(json, "/firstSentAt")).isEqualTo("2025-11-21T08:00:00Z");
      assertThat(at(json, "/firstReceivedAt")).isEqualTo("2025-11-21T08:00:01Z");
      assertThat(at(json, "/stackHash")).matches("[0-9a-f]{8}");
      assertThat(at(json, "/awsRequestId")).isEqualTo(invocation.requestId());
    }

    @Test
    @Timeout(10)
    void whose_causes_are_a_circle_is_told() {
      RuntimeException a = new IllegalStateException("a");
      RuntimeException b = new IllegalArgumentException("b", a);
      a.initCause(b);

      assertThat(at(json(a), "/rootEx")).startsWith("java.lang.Illegal");
    }

    @Test
    void of_an_outcome_is_its_reason() {
      EventView json = json(null);

      assertThat(at(json, "/msg")).isEqualTo("said so");
      assertThat(at(json, "/ex")).isEqualTo("(none)");
    }

    @Test
    void holds_no_secrets() {
      EventView json = json(new IllegalStateException("{\"password\":\"hunter2\",\"n\":1}"));

      assertThat(at(json, "/msg"))
          .contains("[REDACTED]")
          .contains("\"n\"")
          .doesNotContain("hunter2");
    }

    @Test
    void is_short_and_has_no_character_that_the_queue_refuses() {
      String text =
          attach(
                  message(Map.of()),
                  parked(new IllegalStateException("\u0000\uFFFE\uD800" + "y".repeat(100_000))))
              .attributes()
              .get("pt.failure")
              .text()
              .orElseThrow();

      assertThat(text.length()).isLessThan(2_000);
      assertThat(text.chars())
          .noneMatch(c -> c < 0x20 || c == 0xFFFE || (c >= 0xD800 && c < 0xE000));
    }
  }
}
