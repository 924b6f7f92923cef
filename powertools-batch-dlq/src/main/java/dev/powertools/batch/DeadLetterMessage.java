// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter: the message as it was sent to the source queue, with what we know of its failure.
 * Immutable.
 *
 * @param body the original body
 * @param attributes the sender's attributes, and ours
 * @param traceHeader the system attribute {@code AWSTraceHeader}
 * @param groupId the message group
 * @param deduplicationId for a FIFO queue: the id of the message that failed
 */
record DeadLetterMessage(
    String body,
    Map<String, MessageAttribute> attributes,
    @Nullable String traceHeader,
    @Nullable String groupId,
    String deduplicationId) {

  /** The same message with other attributes. */
  DeadLetterMessage with(Map<String, MessageAttribute> others) {
    return new DeadLetterMessage(body, others, traceHeader, groupId, deduplicationId);
  }

  /** What SQS counts: the body, and names, types and values of the attributes, in UTF-8. */
  int size() {
    int size = utf8(body);
    for (Map.Entry<String, MessageAttribute> each : attributes.entrySet()) {
      size += size(each.getKey(), each.getValue());
    }
    return size;
  }

  private static int size(String name, MessageAttribute attribute) {
    int value =
        attribute.text().map(DeadLetterMessage::utf8).orElse(0)
            + attribute.binary().map(bytes -> bytes.length).orElse(0);
    return utf8(name) + utf8(attribute.type()) + value;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
