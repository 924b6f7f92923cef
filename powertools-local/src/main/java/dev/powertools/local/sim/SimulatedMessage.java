// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it stood in its queue at one moment.
 *
 * @param messageId its id
 * @param queue the name of its queue
 * @param body its body
 * @param attributes its text attributes
 * @param groupId its message group; empty if it has none
 * @param receives how often it was received; moving to a dead-letter queue does not reset it
 * @param movedFrom the ARN of the queue whose redrive policy moved it here; empty if it was sent
 *     here
 * @param sentAt the time from which its age counts
 * @param visibleAt when it can be received; in the past if it can be now
 */
public record SimulatedMessage(
    String messageId,
    String queue,
    String body,
    Map<String, String> attributes,
    Optional<String> groupId,
    int receives,
    Optional<String> movedFrom,
    Instant sentAt,
    Instant visibleAt) {

  /** Copies the attributes. */
  public SimulatedMessage {
    attributes = Map.copyOf(attributes);
  }

  static SimulatedMessage of(SqsStored message) {
    Map<String, String> texts = new LinkedHashMap<>();
    message
        .content
        .attributes()
        .forEach(
            (name, value) -> {
              if (value.text() != null) {
                texts.put(name, value.text());
              }
            });
    return new SimulatedMessage(
        message.id,
        message.queue.names.name(),
        message.content.body(),
        texts,
        Optional.ofNullable(message.content.groupId()),
        message.receives,
        Optional.ofNullable(message.movedFrom),
        message.sentAt,
        message.visibleAt);
  }
}
