// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LibraryCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** A dead-letter queue of SQS, by {@code SendMessageBatch}. Thread-safe. */
final class SqsDeadLetterQueue implements DeadLetterQueue {

  private final SqsClient client;
  private final String url;
  private final boolean fifo;

  SqsDeadLetterQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
    this.fifo = QueueArn.isFifo(url);
  }

  @Override
  public List<Receipt> send(List<DeadLetterMessage> messages, Duration most) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      entries.add(entry("e" + i, messages.get(i)));
    }
    try {
      return receipts(
          LibraryCall.run(
              () ->
                  client.sendMessageBatch(
                      r ->
                          r.queueUrl(url)
                              .entries(entries)
                              .overrideConfiguration(c -> c.apiCallTimeout(most)))),
          entries);
    } catch (AwsServiceException e) {
      throw unusable(e).map(RuntimeException.class::cast).orElse(e);
    }
  }

  private Optional<UnusableException> unusable(AwsServiceException failure) {
    String queue = QueueArn.ofUsualUrl(url).orElse(url);
    if (SqsErrors.isOfKey(failure)) {
      String why =
          "The key of the dead-letter queue "
              + queue
              + " can't be used: see that it is enabled, and allow kms:GenerateDataKey and"
              + " kms:Decrypt on it in the policy of the function's role.";
      return Optional.of(new UnusableException(queue, "kms:GenerateDataKey", why, failure));
    }
    if (SqsErrors.isDenied(failure)) {
      String why =
          "The function may not sqs:SendMessage on "
              + queue
              + ", its dead-letter queue. Allow it in the policy of the function's role.";
      return Optional.of(new UnusableException(queue, "sqs:SendMessage", why, failure));
    }
    return SqsErrors.isOfMissingQueue(failure)
        ? Optional.of(missing(queue, failure))
        : Optional.empty();
  }

  static UnusableException missing(String queue, AwsServiceException failure) {
    String why =
        "The dead-letter queue "
            + queue
            + " does not exist. Create it, or name another one in @DeadLetter.";
    return new UnusableException(queue, "sqs:SendMessage", why, failure);
  }

  private static List<Receipt> receipts(
      SendMessageBatchResponse response, List<SendMessageBatchRequestEntry> entries) {
    Map<String, Receipt> byId = new HashMap<>();
    for (SendMessageBatchResultEntry sent : response.successful()) {
      byId.put(sent.id(), Receipt.CONFIRMED);
    }
    for (BatchResultErrorEntry failed : response.failed()) {
      boolean refused = Boolean.TRUE.equals(failed.senderFault());
      byId.put(failed.id(), refused ? Receipt.REFUSED : Receipt.UNKNOWN);
      BatchLog.unsent("A dead letter failed: " + failed.code() + " " + failed.message(), null);
    }
    List<Receipt> receipts = new ArrayList<>(entries.size());
    for (SendMessageBatchRequestEntry entry : entries) {
      receipts.add(byId.getOrDefault(entry.id(), Receipt.UNKNOWN));
    }
    return receipts;
  }

  private SendMessageBatchRequestEntry entry(String id, DeadLetterMessage message) {
    SendMessageBatchRequestEntry.Builder entry =
        SendMessageBatchRequestEntry.builder()
            .id(id)
            .messageBody(message.body())
            .messageAttributes(attributes(message));
    String trace = message.traceHeader();
    if (trace != null) {
      entry.messageSystemAttributes(
          Map.of(
              MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
              MessageSystemAttributeValue.builder().dataType("String").stringValue(trace).build()));
    }
    if (fifo) {
      entry.messageDeduplicationId(message.deduplicationId());
    }
    return entry.messageGroupId(groupId(message)).build();
  }

  /** A FIFO queue takes no message without a group. */
  private @Nullable String groupId(DeadLetterMessage message) {
    String groupId = message.groupId();
    return groupId == null && fifo ? message.deduplicationId() : groupId;
  }

  private static Map<String, MessageAttributeValue> attributes(DeadLetterMessage message) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    message.attributes().forEach((name, attribute) -> values.put(name, value(attribute)));
    return values;
  }

  private static MessageAttributeValue value(MessageAttribute attribute) {
    MessageAttributeValue.Builder value =
        MessageAttributeValue.builder().dataType(attribute.type());
    attribute.text().ifPresent(value::stringValue);
    attribute.binary().map(SdkBytes::fromByteArray).ifPresent(value::binaryValue);
    return value.build();
  }
}
