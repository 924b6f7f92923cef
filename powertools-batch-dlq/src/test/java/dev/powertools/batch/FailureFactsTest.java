// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.redact.Redactor;
import dev.powertools.retry.Retries;
import dev.powertools.retry.RetryOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureFactsTest {

  private static final AttributeKey<String> SENDER =
      AttributeKey.of("sender_id", String.class).keyScoping();
  private static final AttributeKey<String> REQUEST =
      AttributeKey.of("request_trace_id", String.class).propagated();

  private final LiveInvocation batch =
      Fixtures.batch(Fixtures.runtime(FakeDeadLetters.none()).build());
  private final LiveInvocation invocation = batch.child().open();

  private Map<String, Object> facts(SqsMessage message, DeadLetterReason reason) {
    return FailureFacts.of(message, null, new Parked(reason, "said so", null, invocation), 0);
  }

  private Map<String, Object> facts() {
    return facts(Fixtures.message("m-1"), DeadLetterReason.PERMANENT);
  }

  @ParameterizedTest
  @EnumSource
  void whether_it_would_have_been_tried_again_is_said_unless_nobody_knows(DeadLetterReason reason) {
    Map<DeadLetterReason, String> expected =
        Map.of(
            DeadLetterReason.PERMANENT, "PERMANENT",
            DeadLetterReason.UNDECODABLE, "PERMANENT",
            DeadLetterReason.EXHAUSTED, "TRANSIENT");

    assertThat(facts(Fixtures.message("m-1"), reason).get("cls")).isEqualTo(expected.get(reason));
  }

  @Test
  void the_version_of_the_library_is_said() {
    assertThat(facts().get("libVersion")).asString().matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Nested
  class Attempts {

    private void retry(int attempts) {
      Retries work = Retries.of(RetryOptions.builder().name("w").attempts(attempts).build());
      Fixtures.inside(
          Scope.of(invocation),
          () -> {
            assertThatThrownBy(
                    () ->
                        work.run(
                            () -> {
                              throw new IOException("busy");
                            }))
                .isInstanceOf(IOException.class);
            return null;
          });
    }

    @Test
    void are_one_where_nothing_is_tried_again() {
      assertThat(facts()).containsEntry("attempts", 1);
    }

    @Test
    void are_those_of_the_work_that_had_most() {
      retry(2);
      retry(4);
      retry(3);

      assertThat(facts()).containsEntry("attempts", 4);
    }

    @Test
    void are_none_of_what_did_not_run() {
      assertThat(facts(Fixtures.message("m-1"), DeadLetterReason.POISON))
          .containsEntry("attempts", 0);
    }

    @Test
    void of_one_record_are_not_those_of_the_next() {
      retry(3);

      Parked other = new Parked(DeadLetterReason.PERMANENT, "", null, batch.child().open());
      assertThat(FailureFacts.of(Fixtures.message("m-2"), null, other, 0))
          .containsEntry("attempts", 1);
    }
  }

  @Nested
  class What_other_features_know {

    @Test
    void is_said_if_it_scopes_keys_or_goes_along_with_messages() {
      batch.attributes().put(REQUEST, "r-1");
      invocation.attributes().put(SENDER, "acme");
      invocation.attributes().put(AttributeKey.of("plain", String.class).loggable(), "p");

      assertThat(facts())
          .containsEntry("sender", "acme")
          .containsEntry("requestTraceId", "r-1")
          .doesNotContainKey("plain");
    }

    @Test
    void does_not_displace_what_we_know() {
      invocation.attributes().put(AttributeKey.of("src_arn", String.class).propagated(), "x");

      assertThat(facts()).containsEntry("srcArn", Fixtures.STANDARD);
    }

    @Test
    void is_redacted() {
      LiveInvocation careful =
          Fixtures.batch(
              Fixtures.runtime(FakeDeadLetters.none())
                  .part(Redactor.class, Redactor.builder().names("sender_id").build())
                  .build());
      careful.attributes().put(SENDER, "acme");
      Parked parked = new Parked(DeadLetterReason.PERMANENT, "", null, careful);

      assertThat(FailureFacts.of(Fixtures.message("m"), null, parked, 0))
          .containsEntry("sender", Redactor.MASK);
    }
  }

  @Nested
  class Redrives {

    private SqsMessage again(SqsMessage message) {
      Parked parked = new Parked(DeadLetterReason.PERMANENT, "", null, invocation);
      DeadLetterMessage letter = FailureNote.attach(message, parked, 0);
      return SqsMessages.of(
          0, "again", letter.body(), Fixtures.STANDARD, null, Map.of(), letter.attributes());
    }

    @Test
    void are_counted_from_note_to_note() {
      SqsMessage first = Fixtures.message("m-1");

      assertThat(facts(first, DeadLetterReason.PERMANENT)).containsEntry("redrives", 0);
      assertThat(facts(again(first), DeadLetterReason.PERMANENT)).containsEntry("redrives", 1);
      assertThat(facts(again(again(first)), DeadLetterReason.PERMANENT))
          .containsEntry("redrives", 2)
          .containsEntry("originId", "m-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"redrives\":\"x\"", ",\"redrives\":-7", ",\"redrives\":1e99"})
    void begin_again_where_the_note_says_no_number(String member) {
      String note = "{\"v\":1,\"srcArn\":\"" + Fixtures.STANDARD + "\"" + member + "}";

      assertThat(noted(note).redrives()).isEqualTo(1);
    }

    @Test
    void do_not_count_by_a_note_of_another_queue() {
      assertThat(noted("{\"srcArn\":\"" + Fixtures.FIFO + "\",\"redrives\":4}").redrives())
          .isZero();
      assertThat(noted("no JSON").redrives()).isZero();
    }

    private SqsMessage noted(String note) {
      return Fixtures.sqs(
          "m",
          "b",
          Fixtures.STANDARD,
          Map.of(),
          Map.of("pt.failure", MessageAttribute.of("String", note)));
    }
  }

  @Nested
  class Frames {

    private final IOException root = new IOException("root");

    private Map<String, Object> facts(int frames) {
      Parked parked =
          new Parked(
              DeadLetterReason.PERMANENT, "", new IllegalStateException("outer", root), invocation);
      return FailureFacts.of(Fixtures.message("m"), null, parked, frames);
    }

    @Test
    void are_not_shown_unless_asked_for() {
      assertThat(facts(0)).doesNotContainKey("frames");
    }

    @Test
    void are_the_first_of_the_root_cause() {
      StackTraceElement line = new StackTraceElement("shop.Orders", "charge", "Orders.java", 42);
      StackTraceElement unknown = new StackTraceElement("shop.Orders", "handle", null, -1);
      root.setStackTrace(new StackTraceElement[] {line, unknown, line});

      assertThat(facts(2))
          .containsEntry("frames", List.of("shop.Orders.charge:42", "shop.Orders.handle"));
      assertThat(facts(9))
          .extractingByKey("frames")
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .hasSize(3);
    }

    @Test
    void of_an_exception_without_a_stack_are_left_out() {
      root.setStackTrace(new StackTraceElement[0]);

      assertThat(facts(5)).doesNotContainKey("frames");
    }

    @Test
    void that_cannot_be_had_are_left_out() {
      IOException nasty =
          new IOException() {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
              throw new IllegalStateException("no");
            }
          };

      assertThat(SafeText.framesOf(nasty, 5)).isEmpty();
    }

    private static final Config SAID = Config.of(Map.of("POWERTOOLS_DEAD_LETTER_FRAMES", "7"));

    @DeadLetter(frames = 3)
    private static final class Shown {}

    @DeadLetter(frames = 33)
    private static final class TooMany {}

    @Test
    void are_asked_for_by_the_annotation_else_the_environment_else_not() {
      BatchOptions none = BatchOptions.builder().failureFrames(0).build();

      assertThat(frames(BatchOptions.of(Shown.class), SAID)).isEqualTo(3);
      assertThat(frames(BatchOptions.defaults(), SAID)).isEqualTo(7);
      assertThat(frames(none, SAID)).isZero();
      assertThat(frames(BatchOptions.defaults(), Config.of(Map.of()))).isZero();
    }

    private int frames(BatchOptions options, Config config) {
      return DeadLetters.of(null, options, config).frames();
    }

    @Test
    void are_not_more_than_a_note_should_show() {
      assertThatThrownBy(() -> BatchOptions.of(TooMany.class))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("@DeadLetter(frames = 33): expected 0 to 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"33", "-1", "some"})
    void are_refused_where_the_environment_says_no_such_number(String value) {
      Config config = Config.of(Map.of("POWERTOOLS_DEAD_LETTER_FRAMES", value));

      assertThatThrownBy(() -> frames(BatchOptions.defaults(), config))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("POWERTOOLS_DEAD_LETTER_FRAMES")
          .hasMessageContaining("a whole number from 0 to 32");
    }
  }
}
