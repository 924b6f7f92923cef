// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SamplingTest {

  private final DetailedUnits units = new DetailedUnits();
  private final ch.qos.logback.classic.Logger logger = units.log.logger();

  private void detail() {
    logger.debug("detail");
    logger.info("normal");
  }

  @Test
  void a_sampled_unit_of_work_has_its_details_and_the_next_has_not() {
    units.run(options -> options.samplingRate(1), this::detail);
    units.run(options -> options, this::detail);
    logger.debug("outside");

    assertThat(units.messages()).containsExactly("detail", "normal", "normal");
  }

  @Test
  void never_changes_a_level() {
    units.run(
        options -> options.samplingRate(1),
        () -> assertThat(logger.getEffectiveLevel()).isEqualTo(Level.INFO));
  }

  @Test
  void is_known_to_code_that_asks_before_it_logs() {
    units.run(
        options -> options.samplingRate(1),
        () -> {
          assertThat(logger.isDebugEnabled()).isTrue();
          assertThat(logger.isTraceEnabled()).isFalse();
          logger.atDebug().addKeyValue("a", 1).log("fluent");
        });
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(units.messages()).containsExactly("fluent");
  }

  @Test
  void is_the_share_that_was_asked_for() {
    units.with(runtime -> runtime.part(RandomGenerator.class, new Random(7)));
    assertThat(sampledOfTwoThousand()).isBetween(420, 580);
  }

  @Test
  void is_that_share_with_the_threads_own_generator_too() {
    assertThat(sampledOfTwoThousand()).isBetween(350, 650);
  }

  private int sampledOfTwoThousand() {
    Logs logs = units.logs(options -> options.samplingRate(0.25));
    FunctionRuntime runtime = units.runtime();
    for (int i = 0; i < 2_000; i++) {
      LiveInvocation unit =
          LiveInvocation.under(runtime).context(new TestFunction.TestContext("r-" + i)).open();
      TestFunction.run(
          unit,
          () ->
              logs.call(
                  null,
                  null,
                  () -> {
                    logger.debug("detail");
                    return "";
                  }));
    }
    return units.log.lines().size();
  }

  @Test
  void has_its_rate_on_all_lines_also_where_it_was_not_chosen() {
    units.with(runtime -> runtime.part(RandomGenerator.class, () -> -1L));
    units.run(options -> options.samplingRate(0.5), this::detail);

    JsonNode line = units.log.line();
    assertThat(line.get("message").textValue()).isEqualTo("normal");
    assertThat(line.get("sampling_rate").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void has_no_rate_on_lines_if_it_is_zero() {
    units.run(options -> options, this::detail);
    assertThat(units.log.line().has("sampling_rate")).isFalse();
  }

  @Test
  void survives_a_hostile_exception_below_the_loggers_level() {
    units.run(
        options -> options.samplingRate(1),
        () ->
            logger.debug(
                "hostile",
                new RuntimeException() {
                  @Override
                  public String getMessage() {
                    throw new IllegalStateException("no message");
                  }
                }));
    assertThat(units.messages()).containsExactly("hostile");
  }

  @Nested
  class A_record {

    @Test
    void follows_its_batch() {
      LiveInvocation batch = units.open("r-1");
      units.run(
          options -> options.samplingRate(1),
          batch,
          () -> {
            TestFunction.run(batch.child().open(), SamplingTest.this::detail);
            units.run(
                options -> options.samplingRate(0.000_1), batch.child().open(), () -> detail());
          });
      List<JsonNode> lines = units.log.lines();
      assertThat(lines)
          .extracting(line -> line.get("message").textValue())
          .containsExactly("detail", "normal", "detail", "normal");
      assertThat(lines)
          .extracting(line -> line.get("sampling_rate").doubleValue())
          .containsOnly(1.0);
    }

    @Test
    void decides_for_itself_if_its_batch_says_nothing() {
      LiveInvocation batch = units.open("r-1");
      units.run(
          options -> options,
          batch,
          () -> {
            units.run(options -> options.samplingRate(1), batch.child().open(), () -> detail());
            detail();
          });
      assertThat(units.messages()).containsExactly("detail", "normal", "normal");
    }
  }

  @Nested
  class Loggers {

    private final ch.qos.logback.classic.Logger quiet =
        units.log.context().getLogger("com.shop.Orders");

    @Test
    void with_a_level_of_their_own_keep_it() {
      units.log.context().getLogger("com.shop").setLevel(Level.INFO);
      units.run(
          options -> options.samplingRate(1),
          () -> {
            quiet.debug("quiet");
            logger.debug("detail");
          });
      assertThat(units.messages()).containsExactly("detail");
      assertThat(quiet.getEffectiveLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void that_are_named_are_lowered_and_no_others() {
      units.log.context().getLogger("com.shop").setLevel(Level.ERROR);
      units.run(
          options -> options.samplingRate(1).sampledLoggers("com.shop"),
          () -> {
            quiet.debug("named");
            units.log.context().getLogger("com.shopping").debug("another name");
            logger.debug("detail");
          });
      assertThat(units.messages()).containsExactly("named");
    }
  }

  @Nested
  class The_sampled_level {

    @Test
    void goes_down_to_where_it_is_asked_to() {
      units.run(
          options -> options.samplingRate(1).sampledLevel("trace"), () -> logger.trace("trace"));
      assertThat(units.messages()).containsExactly("trace");
    }

    @Test
    void does_not_go_below_what_the_platform_lets_through() {
      units.environment("AWS_LAMBDA_LOG_LEVEL", "INFO");
      units.run(options -> options.samplingRate(1), SamplingTest.this::detail);
      assertThat(units.messages()).containsExactly("normal");
    }
  }
}
