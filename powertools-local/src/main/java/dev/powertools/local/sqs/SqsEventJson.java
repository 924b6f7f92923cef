// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.local.event.Events;
import dev.powertools.local.event.SqsEvent;
import dev.powertools.local.event.SqsMessage;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The event that a function gets for a batch of messages, as the queue handed them out. Stateless
 * and thread-safe.
 */
public final class SqsEventJson {
  private SqsEventJson() {}

  /** The event's bytes. */
  public static byte[] write(List<Message> messages, LocalQueue queue) {
    SqsEvent event = Events.sqs().queue(queue.arn());
    for (Message message : messages) {
      event = event.message(told -> told(told, message));
    }
    return event.toBytes();
  }

  private static SqsMessage told(SqsMessage told, Message message) {
    SqsMessage result =
        told.id(message.messageId())
            .receiptHandle(message.receiptHandle())
            .body(message.body())
            .systemAttributes(message.attributesAsStrings());
    for (var attribute : message.messageAttributes().entrySet()) {
      MessageAttributeValue value = attribute.getValue();
      Object plain =
          value.binaryValue() == null ? value.stringValue() : value.binaryValue().asByteArray();
      result = result.attribute(attribute.getKey(), value.dataType(), plain);
    }
    return result;
  }
}
