// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.VirtualClock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** A real client, with its own checks of digests, on the simulated queues. */
@SuppressWarnings("unchecked") // varargs of lambdas
class SqsClientTest {

  private final VirtualClock clock = VirtualClock.start();
  private final SimulatedQueues queues = SimulatedQueues.on(clock);
  private final SqsClient sqs = queues.client();
  private final String url = sqs.createQueue(r -> r.queueName("orders")).queueUrl();

  @AfterEach
  void close() {
    queues.close();
  }

  @Test
  void sends_receives_hides_and_deletes() {
    MessageAttributeValue text =
        MessageAttributeValue.builder().dataType("String").stringValue("é").build();
    MessageAttributeValue bytes =
        MessageAttributeValue.builder()
            .dataType("Binary.png")
            .binaryValue(SdkBytes.fromByteArray(new byte[] {1, -1}))
            .build();
    sqs.sendMessage(
        r ->
            r.queueUrl(url)
                .messageBody("{\"id\":\"ü\"}")
                .messageAttributes(Map.of("t", text, "b", bytes)));

    Message message =
        sqs.receiveMessage(
                r ->
                    r.queueUrl(url)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .get(0);

    assertThat(message.body()).isEqualTo("{\"id\":\"ü\"}");
    assertThat(message.messageAttributes()).containsEntry("t", text).containsEntry("b", bytes);
    assertThat(message.attributesAsStrings())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsEntry("SentTimestamp", "1767225600000");
    sqs.changeMessageVisibility(
        r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(100));
    assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)).isEqualTo("1");
    sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
    assertThat(queues.conservation().deleted().values())
        .containsExactly("DeleteMessage by a client");
  }

  @Test
  void a_long_poll_moves_the_clock() {
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("a").delaySeconds(7));

    assertThat(sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)).messages()).hasSize(1);
    assertThat(clock.nanoTime()).isEqualTo(7_000_000_000L);
  }

  @Test
  void a_batch_fails_entry_by_entry() {
    SendMessageBatchResponse response =
        sqs.sendMessageBatch(
            r -> r.queueUrl(url).entries(entry("good", "a"), entry("bad", "a" + (char) 0)));

    assertThat(response.successful()).singleElement().extracting(e -> e.id()).isEqualTo("good");
    assertThat(response.failed())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("InvalidMessageContents");
              assertThat(e.senderFault()).isTrue();
            });
  }

  @Test
  void errors_are_those_of_sqs() {
    assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(url + "-nowhere").messageBody("a")))
        .isInstanceOfSatisfying(
            QueueDoesNotExistException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
    assertThatThrownBy(
            () ->
                sqs.sendMessageBatch(
                    r -> r.queueUrl(url).entries(entry("x", "a"), entry("x", "b"))))
        .isInstanceOf(BatchEntryIdsNotDistinctException.class);
    assertThatThrownBy(
            () -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("a").delaySeconds(901)))
        .isInstanceOfSatisfying(
            SqsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue"));
    MessageAttributeValue value =
        MessageAttributeValue.builder().dataType("String").stringValue("x").build();
    assertThatThrownBy(
            () ->
                sqs.sendMessage(
                    r ->
                        r.queueUrl(url).messageBody("a").messageAttributes(Map.of("AWS.x", value))))
        .hasMessageContaining("AWS.x");
  }

  private String count(QueueAttributeName name) {
    return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(name)).attributes().get(name);
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }
}
