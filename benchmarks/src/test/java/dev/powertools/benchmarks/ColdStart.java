// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.local.ForkOptions;
import dev.powertools.local.ForkedFunction;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.LocalFunction;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Starts each contender in a process of its own under the production runtime client, several times
 * in turn, and tells the median time from the start of the process to the first response of ten SQS
 * messages. Ratios within one run count; absolute times belong to the machine.
 */
public final class ColdStart {

  private static final List<Contender> CONTENDERS =
      List.of(
          Contender.BARE,
          Contender.BARE_STREAM,
          Contender.LOGGED,
          Contender.TRACED,
          Contender.BATCH,
          Contender.TRACED_BY_HAND,
          Contender.TRACED_BY_SDK,
          Contender.IDEMPOTENT);

  private ColdStart() {}

  /**
   * Measures.
   *
   * @param args the number of rounds, 9 by default
   */
  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? 9 : Integer.parseInt(args[0]);
    Medians medians = new Medians();
    try (Collector collector = Collector.start();
        Tables tables = new Tables()) {
      for (int round = -1; round < rounds; round++) {
        for (Contender contender : CONTENDERS) {
          long millis = start(contender, collector, tables).toMillis();
          if (round >= 0) {
            medians.add(contender.name(), millis);
          }
        }
      }
    }
    medians.print(rounds);
  }

  private static Duration start(Contender contender, Collector collector, Tables tables)
      throws IOException {
    return switch (contender.needs()) {
      case NOTHING -> timed(contender, Map.of());
      case OTLP -> exporting(contender, collector);
      case DYNAMODB -> claiming(contender, tables);
    };
  }

  private static Duration exporting(Contender contender, Collector collector) throws IOException {
    int exports = collector.exports();
    Duration taken = timed(contender, collector.environment());
    if (collector.exports() == exports) {
      throw new IllegalStateException(contender.name() + " answered before its spans were sent");
    }
    return taken;
  }

  private static Duration claiming(Contender contender, Tables tables) throws IOException {
    Map<String, String> environment = tables.environment();
    Duration taken = timed(contender, environment);
    if (!tables.isCompleted(environment)) {
      throw new IllegalStateException(contender.name() + " answered and completed nothing");
    }
    return taken;
  }

  private static Duration timed(Contender contender, Map<String, String> environment)
      throws IOException {
    ForkOptions.Builder options =
        ForkOptions.builder().output(line -> {}).classPath(functionClassPath(contender));
    long begin = System.nanoTime();
    invoke(contender, environment, options);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Starts a contender and has it handle one batch. */
  static void invoke(
      Contender contender, Map<String, String> environment, ForkOptions.Builder options) {
    FunctionOptions function =
        FunctionOptions.builder(contender.handler().getName())
            .timeout(Duration.ofSeconds(30))
            .maxConcurrency(1)
            .environment(environment)
            .build();
    try (ForkedFunction fork = LocalFunction.fork(function, options.build())) {
      InvocationResult result = fork.invoke(event());
      result
          .error()
          .ifPresent(
              error -> {
                throw new IllegalStateException(contender.name() + " failed: " + error);
              });
    }
  }

  /** What is on the class path of a deployed function. */
  static List<Path> functionClassPath(Contender contender) throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    List<Path> entries = new ArrayList<>();
    entries.add(target.resolve("classes"));
    switch (contender.needs()) {
      case NOTHING -> entries.addAll(jars("function"));
      case OTLP -> entries.addAll(jars("traced-function"));
      case DYNAMODB -> {
        entries.addAll(jars("function"));
        entries.addAll(jars("dynamodb"));
      }
    }
    return entries;
  }

  private static List<Path> jars(String list) throws IOException {
    String jars = Files.readString(Path.of("target", list + ".classpath")).strip();
    return Arrays.stream(jars.split(File.pathSeparator, -1)).map(Path::of).toList();
  }

  private static byte[] event() {
    StringBuilder json = new StringBuilder("{\"Records\":[");
    for (int i = 0; i < 10; i++) {
      json.append(i == 0 ? "" : ",").append(message(i));
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String message(int i) {
    return """
        {"messageId":"00000000-0000-0000-0000-00000000000%d","receiptHandle":"handle-%d",\
        "body":"{\\"orderId\\":\\"order-%d\\",\\"cents\\":%d,\\"customer\\":\\"ada\\"}",\
        "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1767225600000",\
        "SenderId":"AIDA","ApproximateFirstReceiveTimestamp":"1767225600001"},\
        "messageAttributes":{},"md5OfBody":"0","eventSource":"aws:sqs",\
        "eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:orders","awsRegion":"us-east-1"}"""
        .formatted(i, i, i, 100 + i);
  }
}
