// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.local.ForkOptions;
import dev.powertools.local.ForkedFunction;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.LocalQueues;
import dev.powertools.local.sqs.QueueOptions;
import dev.powertools.local.sqs.SqsEventSourceMapping;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the order service as Lambda would: the function in a process of its own under the production
 * runtime client, fed from an SQS queue by an event source mapping, with messages that are good,
 * sent twice, malformed, invalid, or early. Then it holds what the payment provider's ledger and
 * the queues really contain against what was sent.
 */
public final class OrderServiceDemo {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int MAX_RECEIVES = 5;

  private final Path folder;
  private final List<Path> functionClassPath;

  OrderServiceDemo(Path folder, List<Path> functionClassPath) {
    this.folder = folder;
    this.functionClassPath = functionClassPath;
  }

  /**
   * Runs the demo.
   *
   * @param args the folder for ledger and logs, and the function's class path
   */
  public static void main(String[] args) throws Exception {
    List<Path> classPath = new ArrayList<>();
    for (String entry : args[1].split(java.io.File.pathSeparator, -1)) {
      classPath.add(Path.of(entry));
    }
    Account account = new OrderServiceDemo(Path.of(args[0]), classPath).run();
    account.print(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.exit(account.balanced() ? 0 : 1);
  }

  /** Sends, processes, and takes stock. */
  Account run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path logs = folder.resolve("order-service.log.jsonl");
    Path ledger = folder.resolve("ledger.txt");
    Files.deleteIfExists(ledger);
    Files.writeString(ledger, "");
    try (LocalQueues queues = LocalQueues.start();
        PrintWriter log = new PrintWriter(Files.newBufferedWriter(logs))) {
      LocalQueue deadLetters = queues.createQueue("orders-dlq");
      LocalQueue orders = queues.createQueue("orders", redrivenTo(deadLetters));
      List<SentMessage> sent = Traffic.send(queues.client(), orders);
      // region run
      FunctionOptions function = function(queues, deadLetters, ledger);
      try (ForkedFunction fork = LocalFunction.fork(function, forked(log));
          SqsEventSourceMapping mapping =
              SqsEventSourceMapping.of(queues.client(), orders, fork, eventSource())) {
        mapping.start().drain(LONGEST);
        // endregion
        return Account.of(sent, mapping.history(), queues.client(), orders, deadLetters, ledger)
            .withLogs(logs);
      }
    }
  }

  private static QueueOptions redrivenTo(LocalQueue deadLetters) {
    return QueueOptions.builder()
        .visibilityTimeout(Duration.ofSeconds(1))
        .deadLetterQueue(deadLetters, MAX_RECEIVES)
        .build();
  }

  private static FunctionOptions function(LocalQueues queues, LocalQueue deadLetters, Path ledger) {
    return FunctionOptions.builder(OrderHandler.class)
        .name("order-service")
        .timeout(Duration.ofSeconds(30))
        .maxConcurrency(1) // the store of this demo is that process's memory
        .environment(
            Map.of(
                "POWERTOOLS_SERVICE_NAME", "orders",
                "POWERTOOLS_LOG_LEVEL", "INFO",
                "ORDERS_DLQ_URL", deadLetters.url(),
                "AWS_ENDPOINT_URL_SQS", queues.endpoint().toString(),
                "PAYMENTS_LEDGER", ledger.toAbsolutePath().toString()))
        .build();
  }

  private ForkOptions forked(PrintWriter log) {
    return ForkOptions.builder()
        .classPath(functionClassPath)
        .output(
            line -> {
              synchronized (log) {
                log.println(line);
                log.flush();
              }
            })
        .build();
  }

  private static EventSourceOptions eventSource() {
    return EventSourceOptions.builder().batchSize(10).reportBatchItemFailures().build();
  }

  /** Reads a file, for {@link Account}. */
  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
