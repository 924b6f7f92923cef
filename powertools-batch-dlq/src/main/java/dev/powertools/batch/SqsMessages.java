// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes messages of what events hold, whatever the form of the event. */
final class SqsMessages {

  private SqsMessages() {}

  /**
   * Makes a message.
   *
   * @param index its place in the event, for messages
   * @throws MalformedEventException if it has no id: it could not be reported as failed
   */
  static SqsMessage of(
      int index,
      @Nullable String messageId,
      @Nullable String body,
      @Nullable String queueArn,
      @Nullable String receipt,
      Map<String, String> attributes,
      Map<String, MessageAttribute> messageAttributes) {
    if (messageId == null || messageId.isEmpty()) {
      throw new MalformedEventException(
          "Record "
              + index
              + " of the event has no messageId, so it is not of an SQS queue, and could not be"
              + " reported if it failed. Nothing of the event was handled.");
    }
    return new SqsMessage(
            messageId,
            orElse(body, ""),
            orElse(queueArn, ""),
            receipt,
            Collections.unmodifiableMap(attributes),
            Collections.unmodifiableMap(messageAttributes))
        .unwrapped();
  }

  static MessageAttribute attribute(String type, @Nullable String text, byte @Nullable [] binary) {
    return binary != null && text == null
        ? MessageAttribute.of(type, binary)
        : MessageAttribute.of(type, orElse(text, ""));
  }

  static String orElse(@Nullable String text, String other) {
    return text == null ? other : text;
  }
}
