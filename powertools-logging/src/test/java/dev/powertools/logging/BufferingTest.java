// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class BufferingTest {

  private static LoggingOptions.Builder keep(LoggingOptions.Builder options) {
    return options.bufferLevel("DEBUG");
  }

  private final DetailedUnits units = new DetailedUnits();
  private final ch.qos.logback.classic.Logger logger = units.log.logger();

  @Test
  void drops_what_was_kept_if_all_goes_well() {
    units.run(
        BufferingTest::keep,
        () -> {
          logger.debug("kept");
          logger.info("normal");
        });
    assertThat(units.messages()).containsExactly("normal");
  }

  @Test
  void drops_what_was_let_through_to_be_kept_and_comes_when_all_has_ended() {
    LiveInvocation unit = units.open("r-1");
    units.run(BufferingTest::keep, unit, () -> {});
    UnitLines lines = Objects.requireNonNull(LogScope.of(unit).lines());
    JsonLineAppender output =
        (JsonLineAppender) units.log.context().getLogger("ROOT").iteratorForAppenders().next();

    for (Level level : List.of(Level.DEBUG, Level.INFO)) {
      lines.append(
          new LoggingEvent("", logger, level, level + " of a late thread", null, null), output);
    }
    assertThat(units.messages()).containsExactly("INFO of a late thread");
  }

  @Nested
  class Writes_what_was_kept {

    @Test
    void before_an_error_and_then_keeps_anew() {
      units.run(
          BufferingTest::keep,
          () -> {
            logger.debug("first");
            logger.trace("too low");
            logger.info("normal");
            logger.error("failed");
            logger.debug("second");
          });
      assertThat(units.messages()).containsExactly("normal", "first", "failed");
    }

    @Test
    void if_the_handler_throws() {
      assertThatThrownBy(
              () ->
                  units.run(
                      BufferingTest::keep,
                      () -> {
                        logger.debug("kept");
                        throw new IllegalStateException("no stock");
                      }))
          .hasMessage("no stock");
      assertThat(units.messages()).containsExactly("kept");
    }

    @Test
    void if_the_unit_of_work_does_not_end_well_without_an_exception() {
      LiveInvocation record = units.open("r-1").child().open();
      Logs logs = units.logs(BufferingTest::keep);
      try (Scope.Attached ignored = Scope.of(record).attach()) {
        logs.call(
            null,
            null,
            () -> {
              logger.debug("kept");
              return "";
            });
      }
      record.end(FinalOutcome.of(FinalOutcome.Kind.DEAD_LETTERED));
      assertThat(units.messages()).containsExactly("kept");
    }

    @Test
    void if_the_call_was_slow() {
      for (int seconds : new int[] {2, 3}) {
        units.run(
            options -> options.bufferLevel("DEBUG").slowerThan(Duration.ofSeconds(2)),
            () -> {
              logger.debug("took {}", seconds);
              units.timing.advance(Duration.ofSeconds(seconds));
            });
      }
      assertThat(units.messages()).containsExactly("took 3");
    }

    @Test
    void with_the_keys_and_the_time_of_its_moment() {
      units.run(
          BufferingTest::keep,
          () -> {
            MDC.put("step", "one");
            logger.debug("kept");
            MDC.put("step", "two");
            units.timing.advance(Duration.ofSeconds(5));
            logger.error("failed");
          });
      List<JsonNode> lines = units.log.lines();
      assertThat(lines)
          .extracting(line -> line.get("step").textValue())
          .containsExactly("one", "two");
      assertThat(lines)
          .extracting(line -> line.get("timestamp").textValue())
          .containsExactly("2026-03-01T09:00:00.000Z", "2026-03-01T09:00:05.000Z");
    }
  }

  @Nested
  class For_chosen_values {

    @Test
    void writes_details_whenever_the_fact_becomes_known() {
      LiveInvocation unit = units.open("r-1");
      units.run(
          options -> options.debugFor("correlation_id=4711", "tenant_id=acme"),
          unit,
          () -> {
            logger.debug("before it is known");
            logger.info("normal");
            unit.attributes().put(CorrelationId.KEY, "4711");
            logger.debug("after it is known");
          });
      assertThat(units.messages())
          .containsExactly("normal", "before it is known", "after it is known");
    }

    @Test
    void writes_details_if_the_fact_becomes_known_after_the_last_line() {
      LiveInvocation unit = units.open("r-1");
      units.run(
          options -> options.debugFor("correlation_id=4711"),
          unit,
          () -> {
            logger.debug("kept");
            unit.attributes().put(CorrelationId.KEY, "4711");
          });
      assertThat(units.messages()).containsExactly("kept");
    }

    @Test
    void writes_nothing_of_others() {
      LiveInvocation unit = units.open("r-1");
      units.run(
          options -> options.debugFor("correlation_id=4711"),
          unit,
          () -> {
            unit.attributes().put(CorrelationId.KEY, "4712");
            logger.debug("kept");
          });
      assertThat(units.messages()).isEmpty();
    }
  }

  @Nested
  class A_ring_that_is_too_small {

    @Test
    void keeps_the_newest_and_counts_the_rest() {
      units.run(
          options -> options.bufferLevel("DEBUG").maxBufferBytes(2_000),
          () -> {
            for (int i = 0; i < 100; i++) {
              logger.debug("line {}", i);
            }
            logger.error("failed");
          });
      List<JsonNode> lines = units.log.lines();
      int kept = lines.size() - 2;
      assertThat(kept).isBetween(3, 10);
      assertThat(lines.get(kept - 1).get("message").textValue()).isEqualTo("line 99");
      JsonNode told = lines.get(kept);
      assertThat(told.get("dropped_lines").intValue()).isEqualTo(100 - kept);
      assertThat(told.get("message").textValue()).contains("maxBufferBytes");
      assertThat(lines.get(kept + 1).get("message").textValue()).isEqualTo("failed");
    }

    @Test
    void counts_a_line_that_is_longer_than_it_and_keeps_the_others() {
      units.run(
          options -> options.bufferLevel("DEBUG").maxBufferBytes(1_000),
          () -> {
            logger.debug("short");
            logger.debug("x".repeat(2_000));
            logger.error("failed");
          });
      List<JsonNode> lines = units.log.lines();
      assertThat(lines.get(0).get("message").textValue()).isEqualTo("short");
      assertThat(lines.get(1).get("message").textValue())
          .startsWith("1 kept lines")
          .contains("1 of");
      assertThat(lines).hasSize(3);
    }
  }

  @Nested
  class In_a_batch {

    private final LiveInvocation batch = units.open("r-1");

    private void record(String name, Runnable work) {
      LiveInvocation record = batch.child().workId(name).open();
      try (Scope.Attached ignored = Scope.of(record).attach()) {
        logger.debug("{} begins", name);
        work.run();
      } catch (IllegalStateException e) {
        record.end(new FinalOutcome(FinalOutcome.Kind.RETRY_LATER, e));
      }
      record.end(FinalOutcome.of(FinalOutcome.Kind.DONE));
    }

    @Test
    void a_failing_record_brings_its_own_lines_and_the_batches_so_far() {
      units.run(
          BufferingTest::keep,
          batch,
          () -> {
            logger.debug("batch begins");
            record("a", () -> {});
            record(
                "b",
                () -> {
                  throw new IllegalStateException();
                });
            record("c", () -> {});
            logger.debug("batch ends");
          });
      assertThat(units.messages()).containsExactly("batch begins", "b begins");
    }

    @Test
    void the_time_of_a_record_without_a_link_begins_with_the_record() {
      units.run(
          options -> options.bufferLevel("DEBUG").slowerThan(Duration.ofSeconds(2)),
          batch,
          () -> {
            LiveInvocation record = batch.child().open();
            try (Scope.Attached ignored = Scope.of(record).attach()) {
              units.timing.advance(Duration.ofSeconds(3));
              logger.debug("slow");
            }
            record.end(FinalOutcome.of(FinalOutcome.Kind.DONE));
            assertThat(units.messages()).containsExactly("slow");
          });
    }

    @Test
    void a_link_of_the_record_takes_over_what_was_kept() {
      units.run(
          BufferingTest::keep,
          batch,
          () ->
              record(
                  "a",
                  () ->
                      units
                          .logs(options -> options.collapseRepeats())
                          .call(
                              null,
                              null,
                              () -> {
                                logger.error("failed");
                                return "";
                              })));
      assertThat(units.messages()).containsExactly("a begins", "failed");
    }
  }

  @Test
  void the_sdks_own_details_are_not_kept() {
    assertThatThrownBy(
            () ->
                units.run(
                    BufferingTest::keep,
                    () -> {
                      units
                          .log
                          .context()
                          .getLogger("software.amazon.awssdk.request")
                          .debug("Sending Request");
                      throw new IllegalStateException("no stock");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(units.messages()).isEmpty();
  }

  @Test
  void loggers_with_a_level_of_their_own_keep_it() {
    units.log.context().getLogger("com.noisy").setLevel(ch.qos.logback.classic.Level.WARN);
    units.run(
        BufferingTest::keep,
        () -> {
          units.log.context().getLogger("com.noisy.Client").debug("noise");
          logger.error("failed");
        });
    assertThat(units.messages()).containsExactly("failed");
  }

  @Test
  void sampled_units_of_work_write_at_once() {
    units.run(
        options -> options.bufferLevel("TRACE").samplingRate(1),
        () -> {
          logger.trace("kept");
          logger.debug("sampled");
        });
    assertThat(units.messages()).containsExactly("sampled");
  }

  @Test
  void nothing_is_kept_that_the_platform_would_drop() {
    units.environment("AWS_LAMBDA_LOG_LEVEL", "INFO");
    units.run(
        BufferingTest::keep,
        () -> {
          logger.debug("kept");
          logger.error("failed");
        });
    assertThat(units.messages()).containsExactly("failed");
  }
}
