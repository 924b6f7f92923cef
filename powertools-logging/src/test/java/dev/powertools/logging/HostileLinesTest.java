// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.internal.LiveInvocation;
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
      TestFunction.run(invocation(hostile), () -> inside(hostile, logger, random));
    } else {
      write(hostile, logger, random);
    }
    List<JsonNode> lines = log.lines();
    lines.removeIf(line -> line.get("logger").textValue().equals(Warnings.LOGGER_NAME));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).has("logging_error")).isFalse();
  }

  private static LiveInvocation invocation(Hostile hostile) {
    LayoutOptions options = LayoutOptions.builder().withThread().rootCauseFirst().build();
    LiveInvocation invocation =
        LiveInvocation.under(
                TestFunction.runtime().toBuilder().part(LayoutOptions.class, options).build())
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
      arguments[i] = hostile.value();
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
