// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.redact.Redactor;
import dev.powertools.core.redact.SensitiveText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** Whatever goes in, one line of strict JSON comes out. {@code -Dfuzz.rounds} says how often. */
class HostileLinesTest {

  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 20_000);
  private static final int LOGGERS = 100;

  private static final List<LayoutOptions> LAYOUTS =
      List.of(
          LayoutOptions.defaults(),
          LayoutOptions.builder().withThread().rootCauseFirst().build(),
          LayoutOptions.ecs().toBuilder().withThread().withRedactedMessages().build(),
          LayoutOptions.builder().withLocation().maxFrames(3).build(),
          LayoutOptions.builder()
              .rename("message", "user_message")
              .rename("error", "order")
              .rename("timestamp", "\u2028\"")
              .rename("level", "a")
              .remove("service", "function_arn")
              .staticField("#2", "\n")
              .build());
  private static final Redactor PATTERNS =
      Redactor.builder()
          .names("order")
          .pointer("/a/order")
          .pattern("x{1,9}")
          .texts(SensitiveText.values())
          .build();

  private final TestLog log = new TestLog();
  private final List<Logger> loggers = new ArrayList<>();

  @Test
  void any_input_is_one_line_of_strict_json() {
    Random names = new Random(1);
    for (int i = 0; i < LOGGERS; i++) {
      loggers.add(log.context().getLogger(new Hostile(names).text()));
    }
    String thread = Thread.currentThread().getName();
    try {
      Seeds.forEach(ROUNDS, random -> round(new Hostile(random), random));
    } finally {
      Thread.currentThread().setName(thread);
      MDC.clear();
    }
  }

  private void round(Hostile hostile, Random random) {
    Logger logger = loggers.get(random.nextInt(LOGGERS));
    MDC.clear();
    for (int n = random.nextInt(4); n > 0; n--) {
      MDC.put(hostile.text(), hostile.textOrNull());
    }
    if (hostile.oneIn(10)) {
      Thread.currentThread().setName(hostile.text());
    }
    if (random.nextBoolean()) {
      TestFunction.run(invocation(hostile, random), () -> inside(hostile, logger, random));
    } else {
      write(hostile, logger, random);
    }
    List<JsonNode> lines = log.lines();
    lines.removeIf(line -> isWarning(line.get("logger")) || isWarning(line.get("log.logger")));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).has("logging_error")).isFalse();
  }

  private static boolean isWarning(@Nullable JsonNode logger) {
    return logger != null && logger.textValue().equals(Warnings.LOGGER_NAME);
  }

  private static LiveInvocation invocation(Hostile hostile, Random random) {
    LiveInvocation invocation =
        LiveInvocation.under(
                TestFunction.runtime().toBuilder()
                    .part(LayoutOptions.class, LAYOUTS.get(random.nextInt(LAYOUTS.size())))
                    .part(Redactor.class, hostile.oneIn(20) ? PATTERNS : Redactor.defaults())
                    .build())
            .context(new TestFunction.TestContext(hostile.text()))
            .open();
    Object value = hostile.value();
    if (value != null) {
      invocation
          .attributes()
          .put(AttributeKey.of("a" + hostile.text(), Object.class).loggable(), value);
    }
    return invocation;
  }

  private static void inside(Hostile hostile, Logger logger, Random random) {
    Logs.put(hostile.text(), hostile.value());
    try (var key = Logs.with(hostile.text(), hostile.value())) {
      write(hostile, logger, random);
    }
  }

  private static void write(Hostile hostile, Logger logger, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> logger.info(hostile.text());
      case 1 -> logger.info(hostile.text(), hostile.value(), hostile.value());
      case 2 -> logger.error(hostile.text(), hostile.throwable());
      case 3 -> logger.error(hostile.text(), arguments(hostile, random));
      default -> pairs(hostile, logger, random).log(hostile.text(), arguments(hostile, random));
    }
  }

  private static @Nullable Object[] arguments(Hostile hostile, Random random) {
    @Nullable Object[] arguments = new @Nullable Object[3];
    for (int i = 0; i < arguments.length; i++) {
      Object value = hostile.value();
      arguments[i] = random.nextBoolean() ? value : Logs.kv(hostile.text(), value);
    }
    if (random.nextBoolean()) {
      arguments[2] = hostile.throwable();
    }
    return arguments;
  }

  private static LoggingEventBuilder pairs(Hostile hostile, Logger logger, Random random) {
    LoggingEventBuilder line = logger.atError();
    for (int n = random.nextInt(4); n > 0; n--) {
      line = line.addKeyValue(hostile.text(), hostile.value());
    }
    return hostile.oneIn(3) ? line.setCause(hostile.throwable()) : line;
  }
}
