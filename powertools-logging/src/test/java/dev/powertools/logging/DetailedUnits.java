// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Units of work whose lines are sampled, kept or counted, in a Logback of a test's own. */
final class DetailedUnits {

  final TestLog log = new TestLog();
  final TestTiming timing = new TestTiming();
  private final Map<String, String> environment = new HashMap<>();
  private UnaryOperator<FunctionRuntime.Builder> more = builder -> builder;

  DetailedUnits environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  DetailedUnits with(UnaryOperator<FunctionRuntime.Builder> parts) {
    more = parts;
    return this;
  }

  FunctionRuntime runtime() {
    return more.apply(FunctionRuntime.builder().config(Config.of(environment)).timing(timing))
        .build();
  }

  LiveInvocation open(String requestId) {
    return LiveInvocation.under(runtime()).context(new TestFunction.TestContext(requestId)).open();
  }

  Logs logs(UnaryOperator<LoggingOptions.Builder> options) {
    return Logs.of(options.apply(LoggingOptions.builder()).build(), log.signals());
  }

  /** Runs a unit of work of its own. */
  void run(UnaryOperator<LoggingOptions.Builder> options, Runnable work) {
    run(options, open("r-1"), work);
  }

  void run(UnaryOperator<LoggingOptions.Builder> options, LiveInvocation unit, Runnable work) {
    Logs logs = logs(options);
    TestFunction.run(
        unit,
        () ->
            logs.call(
                null,
                null,
                () -> {
                  work.run();
                  return "";
                }));
  }

  List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (JsonNode line : log.lines()) {
      messages.add(line.get("message").textValue());
    }
    return messages;
  }
}
