// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogVolumeTest {

  private final DetailedUnits units = new DetailedUnits();
  private final ch.qos.logback.classic.Logger logger = units.log.logger();

  @Nested
  class Counted_bytes {

    @Test
    void are_told_in_one_line_at_the_end() {
      units.run(
          options -> options.countBytes(),
          () -> {
            logger.info("one");
            logger.debug("not written");
            logger.info("two ä");
          });
      List<byte[]> raw = units.log.bytes();
      JsonNode told = TestLog.parse(raw.get(2));
      assertThat(told.get("log_lines").intValue()).isEqualTo(2);
      assertThat(told.get("log_bytes").longValue())
          .isEqualTo(raw.get(0).length + raw.get(1).length);
      assertThat(told.get("function_request_id").textValue()).isEqualTo("r-1");
    }

    @Test
    void are_those_of_the_records_too() {
      LiveInvocation batch = units.open("r-1");
      units.run(
          options -> options.countBytes(),
          batch,
          () -> TestFunction.run(batch.child().open(), () -> logger.info("record")));
      assertThat(units.log.lines())
          .last()
          .satisfies(line -> assertThat(line.get("log_lines").intValue()).isEqualTo(1));
    }
  }

  @Nested
  class A_budget {

    @Test
    void suppresses_what_goes_beyond_it_save_errors() {
      int length = length("line 0");
      units.run(
          options -> options.maxBytes(2 * length),
          () -> {
            for (int i = 0; i < 9; i++) {
              logger.info("line {}", i);
            }
            logger.error("failed");
            logger.warn("late");
          });
      assertThat(units.messages())
          .containsExactly(
              "line 0",
              "line 1",
              "failed",
              "8 lines suppressed: the invocation may write "
                  + 2 * length
                  + " bytes of them (maxBytes)");
    }

    @Test
    void counts_errors_as_well() {
      units.run(
          options -> options.maxBytes(2 * length("line 0")),
          () -> {
            logger.error("failed");
            logger.error("failed again");
            logger.info("line");
          });
      assertThat(units.messages()).hasSize(3).doesNotContain("line");
    }

    @Test
    void holds_for_kept_lines() {
      units.run(
          options -> options.maxBytes(length("line 0")).bufferLevel("DEBUG"),
          () -> {
            logger.debug("line 0");
            logger.debug("line 1");
            logger.error("failed");
          });
      assertThat(units.messages()).startsWith("line 0", "failed").hasSize(3);
    }

    private int length(String message) {
      int[] length = new int[1];
      units.run(
          options -> options,
          () -> {
            logger.info(message);
            length[0] = units.log.bytes().get(0).length;
          });
      return length[0] + 1; // DEBUG is a letter longer
    }
  }

  @Nested
  class Repeated_lines {

    @Test
    void are_written_once_and_counted() {
      units.run(
          options -> options.collapseRepeats(),
          () -> {
            for (int i = 0; i < 40; i++) {
              logger.info("item {}", i);
            }
            logger.info("other");
            logger.info("other");
          });
      assertThat(units.messages())
          .containsExactly(
              "item 0", "Repeated 39 times: item {}", "other", "Repeated 1 times: other");
    }

    @Test
    void are_not_the_same_if_level_logger_or_error_differ() {
      units.run(
          options -> options.collapseRepeats(),
          () -> {
            logger.info("x");
            logger.warn("x");
            units.log.context().getLogger("another").warn("x");
            units.log.context().getLogger("another").warn("x", new IllegalStateException("a"));
            units.log.context().getLogger("another").warn("x", new IllegalArgumentException("b"));
          });
      assertThat(units.messages()).containsExactly("x", "x", "x", "x", "x");
    }

    @Test
    void are_the_same_if_their_errors_come_from_the_same_place() {
      units.run(
          options -> options.collapseRepeats(),
          () -> {
            for (int i = 0; i < 3; i++) {
              logger.warn("failed", new IllegalStateException("no " + i));
            }
          });
      assertThat(units.messages()).containsExactly("failed", "Repeated 2 times: failed");
    }

    @Test
    void of_a_record_are_counted_also_before_its_own_link() {
      LiveInvocation batch = units.open("r-1");
      units.run(
          options -> options.collapseRepeats(),
          batch,
          () -> {
            LiveInvocation record = batch.child().workId("a").open();
            try (Scope.Attached ignored = Scope.of(record).attach()) {
              logger.info("same");
              logger.info("same");
              units.run(
                  options -> options.bufferLevel("DEBUG"), record, () -> logger.info("other"));
            }
          });
      assertThat(units.messages()).containsExactly("same", "Repeated 1 times: same", "other");
    }

    @Test
    void of_one_unit_of_work_are_not_those_of_the_next() {
      for (int i = 0; i < 3; i++) {
        units.run(options -> options.collapseRepeats(), () -> logger.info("x"));
      }
      assertThat(units.messages()).containsExactly("x", "x", "x");
    }
  }
}
