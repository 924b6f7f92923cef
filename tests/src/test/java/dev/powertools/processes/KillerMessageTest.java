// SPDX-License-Identifier: Apache-2.0
package dev.powertools.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.local.ForkedFunction;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.LocalQueues;
import dev.powertools.local.sqs.QueueOptions;
import dev.powertools.local.sqs.SqsEventSourceMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A message that kills the process whenever it is handled, between others that do not. */
@Tag("heavy")
class KillerMessageTest {

  /** Notes each order in a file; dies of the killer as of too little memory, without a word. */
  public static final class Orders extends SqsBatchHandler<String> {
    @Override
    protected Outcome onRecord(String order, RecordContext record) throws Exception {
      if (order.equals("killer")) {
        long self = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-9", String.valueOf(self)).start().waitFor();
      }
      Path books = Path.of(FunctionRuntime.current().config().variable("BOOKS").orElseThrow());
      Files.writeString(books, order + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Outcome.done();
    }
  }

  @Test
  void drags_nobody_along(@TempDir Path folder) throws IOException, InterruptedException {
    Path books = folder.resolve("books");
    try (LocalQueues queues = LocalQueues.start()) {
      LocalQueue dead = queues.createQueue("orders-dlq");
      LocalQueue orders =
          queues.createQueue(
              "orders",
              QueueOptions.builder()
                  .visibilityTimeout(Duration.ofSeconds(8))
                  .deadLetterQueue(dead, 4)
                  .build());
      SqsClient sqs = queues.client();
      List<String> innocents = IntStream.range(0, 9).mapToObj(i -> "o-" + i).toList();
      innocents.subList(0, 3).forEach(each -> send(sqs, orders, each));
      send(sqs, orders, "killer");
      innocents.subList(3, 9).forEach(each -> send(sqs, orders, each));

      try (ForkedFunction fork = LocalFunction.fork(function(queues, books));
          SqsEventSourceMapping mapping =
              SqsEventSourceMapping.of(
                  sqs,
                  orders,
                  fork,
                  EventSourceOptions.builder().concurrency(1).reportBatchItemFailures().build())) {
        mapping.start().drain(Duration.ofMinutes(2));
      }

      assertThat(Files.readAllLines(books)).containsAll(innocents);
      assertThat(bodies(sqs, dead)).containsExactly("killer");
    }
  }

  private static FunctionOptions function(LocalQueues queues, Path books) {
    return FunctionOptions.builder(Orders.class)
        .timeout(Duration.ofSeconds(8))
        .maxConcurrency(1)
        .environment(
            Map.of(
                "BOOKS", books.toString(),
                "AWS_ENDPOINT_URL_SQS", queues.endpoint().toString()))
        .build();
  }

  private static void send(SqsClient sqs, LocalQueue queue, String body) {
    sqs.sendMessage(r -> r.queueUrl(queue.url()).messageBody(body));
  }

  private static List<String> bodies(SqsClient sqs, LocalQueue queue) {
    return sqs
        .receiveMessage(r -> r.queueUrl(queue.url()).maxNumberOfMessages(10).waitTimeSeconds(1))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }
}
