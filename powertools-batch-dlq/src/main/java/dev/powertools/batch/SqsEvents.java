// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events and responses in the form of {@code aws-lambda-java-events}. */
final class SqsEvents {

  private SqsEvents() {}

  static List<SqsMessage> read(@Nullable SQSEvent event) {
    List<SqsMessage> messages = new ArrayList<>();
    if (event == null || event.getRecords() == null) {
      return messages;
    }
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      messages.add(message(messages.size(), message));
    }
    return messages;
  }

  private static SqsMessage message(int index, SQSEvent.SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    return SqsMessages.of(
        index,
        message.getMessageId(),
        message.getBody(),
        message.getEventSourceArn(),
        message.getReceiptHandle(),
        attributes == null ? Map.of() : attributes,
        messageAttributes(message.getMessageAttributes()));
  }

  private static Map<String, MessageAttribute> messageAttributes(
      @Nullable Map<String, SQSEvent.MessageAttribute> given) {
    if (given == null || given.isEmpty()) {
      return Map.of();
    }
    Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
    given.forEach((name, attribute) -> attributes.put(name, attribute(attribute)));
    return attributes;
  }

  private static MessageAttribute attribute(SQSEvent.MessageAttribute attribute) {
    return SqsMessages.attribute(
        SqsMessages.orElse(attribute.getDataType(), "String"),
        attribute.getStringValue(),
        bytes(attribute.getBinaryValue()));
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static SQSBatchResponse response(List<SqsMessage> failed) {
    List<BatchItemFailure> failures = new ArrayList<>(failed.size());
    for (SqsMessage message : failed) {
      failures.add(new BatchItemFailure(message.messageId()));
    }
    return new SQSBatchResponse(failures);
  }
}
