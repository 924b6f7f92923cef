// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.WorkContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a queue says about one message beside its payload. Immutable, apart from binary values,
 * which are copied when they are read.
 */
public interface RecordContext extends WorkContext {

  /** The message id as a fact of the record: in its log lines and on its span. */
  AttributeKey<String> MESSAGE_ID =
      AttributeKey.of("message_id", String.class).loggable().traceable();

  /** The id that the queue gave to the message; stays the same when it is delivered again. */
  String messageId();

  /**
   * The id of the message that this one is a copy of, if it came back out of a dead-letter queue
   * (attribute {@code pt.origin}); else the {@link #messageId()}.
   */
  String originId();

  /** The body as it was sent. */
  String body();

  /** The ARN of the queue; empty text if the event names none. */
  String queueArn();

  /**
   * Whether the queue keeps the order within groups, told by the {@code .fifo} at the end of its
   * ARN. That there is a group says nothing: messages of standard queues may have one too.
   */
  boolean fifo();

  /** The message group. */
  Optional<String> groupId();

  /**
   * How often the message was received, approximately and counted from 1; 1 if the event does not
   * say. Receives are no failures: throttled deliveries count too.
   */
  int receiveCount();

  /** When the message was sent. */
  Optional<Instant> sentAt();

  /** The system attributes by name, such as {@code SentTimestamp}. */
  Map<String, String> attributes();

  /** The sender's attributes by name. */
  Map<String, MessageAttribute> messageAttributes();

  /** The text of an attribute of the sender; empty if it is missing or binary. */
  default Optional<String> text(String attribute) {
    return Optional.ofNullable(messageAttributes().get(attribute)).flatMap(MessageAttribute::text);
  }
}
