// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.EarlyAcknowledge;
import dev.powertools.batch.MessageAttribute;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsScript;
import dev.powertools.local.event.Events;
import dev.powertools.local.event.SqsEvent;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.LocalQueues;
import dev.powertools.local.sqs.QueueOptions;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Dead letters in a real queue, which checks what it takes, over a network that fails. */
@FunctionTest
@Tag("heavy")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersInElasticMqTest {

  private final LocalQueues queues = LocalQueues.start();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<RecordContext> records = new CopyOnWriteArrayList<>();

  @AfterAll
  void stop() {
    queues.close();
  }

  @DeadLetter(queue = "${DEAD}")
  @EarlyAcknowledge(every = 1)
  static final class Orders extends SqsBatchHandler<String> {
    private final DeadLettersInElasticMqTest test;

    Orders(DeadLettersInElasticMqTest test) {
      this.test = test;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) {
      test.seen.add(order);
      test.records.add(record);
      return order.startsWith("bad") ? Outcome.deadLetter("bad") : Outcome.done();
    }
  }

  private LocalQueue queue(String end) {
    return queues.createQueue("q" + UUID.randomUUID().toString().substring(0, 8) + end);
  }

  private TestFunction orders(Functions functions, Aws aws, LocalQueue dead) {
    seen.clear();
    records.clear();
    aws.endpoint("sqs", queues.endpoint());
    return functions
        .timeout(Duration.ofSeconds(30))
        .environment("DEAD", dead.url())
        .with(SqsClient.class, aws.client(SqsClient.builder()))
        .function(Orders.class, () -> new Orders(this));
  }

  private List<Message> held(LocalQueue queue) {
    List<Message> all = new ArrayList<>();
    List<Message> some;
    do {
      some =
          queues
              .client()
              .receiveMessage(
                  r ->
                      r.queueUrl(queue.url())
                          .maxNumberOfMessages(10)
                          .messageAttributeNames("All")
                          .messageSystemAttributeNamesWithStrings("All"))
              .messages();
      all.addAll(some);
    } while (!some.isEmpty());
    return all;
  }

  private static SqsEvent event(LocalQueue source, String... bodies) {
    SqsEvent event = Events.sqs().queue(source.arn());
    for (String body : bodies) {
      event =
          event.message(
              m -> source.isFifo() ? m.body(body).group("g").deduplicationId(body) : m.body(body));
    }
    return event;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".fifo"})
  void go_to_a_queue_of_either_type(String type, Functions functions, Aws aws) {
    for (LocalQueue source : List.of(queue(""), queue(".fifo"))) {
      LocalQueue dead = queue(type);

      String response =
          orders(functions, aws, dead).invoke(event(source, "bad-1", "o-1", "bad-2")).text();

      assertThat(response).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(held(dead)).extracting(Message::body).containsExactlyInAnyOrder("bad-1", "bad-2");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 9, 10})
  void come_back_as_they_were_however_many_attributes_they_had(
      int count, Functions functions, Aws aws) {
    LocalQueue source = queue("");
    LocalQueue dead = queue("");
    TestFunction orders = orders(functions, aws, dead);

    orders.invoke(
        Events.sqs()
            .queue(source.arn())
            .message(
                m -> {
                  var message = m.id("first").body("bad \"ü\"\n\t€");
                  for (int i = 0; i < count; i++) {
                    message =
                        i % 2 == 0
                            ? message.attribute("a" + i, "Number.int", i)
                            : message.attribute("a" + i, "Binary.x", new byte[] {1, (byte) i});
                  }
                  return message;
                }));
    Message letter = held(dead).get(0);
    orders.invoke(redriven(source, letter));

    assertThat(seen).containsExactly("bad \"ü\"\n\t€", "bad \"ü\"\n\t€");
    assertThat(sent(records.get(1))).isEqualTo(sent(records.get(0))).hasSize(count);
    assertThat(records.get(1).originId()).isEqualTo("first");
    assertThat(held(dead)).singleElement().extracting(Message::body).isEqualTo(letter.body());
  }

  private static Map<String, MessageAttribute> sent(RecordContext record) {
    return record.messageAttributes().entrySet().stream()
        .filter(each -> !each.getKey().startsWith("pt."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static SqsEvent redriven(LocalQueue source, Message letter) {
    return Events.sqs()
        .queue(source.arn())
        .message(
            m -> {
              var message = m.id("second").body(letter.body());
              for (var each : letter.messageAttributes().entrySet()) {
                MessageAttributeValue value = each.getValue();
                SdkBytes binary = value.binaryValue();
                Object content = binary == null ? value.stringValue() : binary.asByteArray();
                message = message.attribute(each.getKey(), value.dataType(), content);
              }
              return message;
            });
  }

  private List<String> parkedUnder(
      Functions functions, Aws aws, LocalQueue dead, String operation, Consumers fault) {
    TestFunction orders = orders(functions, aws, dead);
    fault.accept(aws.on("sqs", operation));
    String response = orders.invoke(event(queue(""), "bad-1", "o-1")).text();
    List<String> parked = held(dead).stream().map(Message::body).toList();
    assertThat(response.contains("itemIdentifier") || parked.contains("bad-1")).isTrue();
    return parked;
  }

  @FunctionalInterface
  private interface Consumers {
    void accept(AwsScript script);
  }

  @Test
  void whose_answer_is_lost_are_there_twice_or_once_where_the_queue_knows_them(
      Functions functions, Aws aws) {
    assertThat(parkedUnder(functions, aws, queue(""), "SendMessageBatch", AwsScript::loseResponse))
        .containsExactly("bad-1", "bad-1");
    assertThat(
            parkedUnder(
                functions, aws, queue(".fifo"), "SendMessageBatch", AwsScript::loseResponse))
        .containsExactly("bad-1");
  }

  @Test
  void outlive_a_queue_that_is_busy_breaks_or_hangs(Functions functions, Aws aws) {
    assertThat(parkedUnder(functions, aws, queue(""), "SendMessageBatch", s -> s.throttle(3)))
        .containsExactly("bad-1");
    assertThat(
            parkedUnder(functions, aws, queue(""), "SendMessageBatch", s -> s.error(500).times(5)))
        .containsExactly("bad-1");
    assertThat(parkedUnder(functions, aws, queue(""), "SendMessageBatch", AwsScript::hang))
        .containsExactly("bad-1");
  }

  @Test
  void as_large_as_can_be_go_without_their_failure(Functions functions, Aws aws) {
    LocalQueue dead = queue("");
    String large = "bad" + "x".repeat(1024 * 1024 - 3);

    String response = orders(functions, aws, dead).invoke(event(queue(""), large, "bad-2")).text();

    assertThat(response).isEqualTo("{\"batchItemFailures\":[]}");
    List<Message> held = held(dead);
    assertThat(held).extracting(Message::body).containsExactly(large, "bad-2");
    assertThat(held.get(0).messageAttributes()).isEmpty();
    assertThat(held.get(1).messageAttributes()).hasSize(3);
  }

  @Test
  void are_deleted_early_with_what_is_done_in_the_source(Functions functions, Aws aws) {
    LocalQueue source =
        queues.createQueue(
            "early" + UUID.randomUUID().toString().substring(0, 8),
            QueueOptions.builder().visibilityTimeout(Duration.ofMinutes(10)).build());
    queues.client().sendMessage(r -> r.queueUrl(source.url()).messageBody("o-1"));
    Message received = held(source).get(0);

    orders(functions, aws, queue(""))
        .invoke(
            Events.sqs()
                .queue(source.arn())
                .message(m -> m.body("o-1").receiptHandle(received.receiptHandle())));

    assertThat(aws.requests("sqs", "DeleteMessageBatch")).hasSize(1);
    assertThat(
            queues
                .client()
                .getQueueAttributes(
                    r ->
                        r.queueUrl(source.url())
                            .attributeNamesWithStrings("ApproximateNumberOfMessagesNotVisible"))
                .attributesAsStrings())
        .containsValue("0");
  }
}
