// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of an SQS queue. Immutable.
 *
 * @param receipt the handle of its receipt; {@code null} if no queue waits for news of it, as in
 *     events that were written by hand
 */
record SqsMessage(
    String messageId,
    String body,
    String queueArn,
    @Nullable String receipt,
    Map<String, String> attributes,
    Map<String, MessageAttribute> messageAttributes)
    implements RecordContext, BatchRecord {

  private static final JsonPointer SOURCE = JsonPointer.of("/srcArn");

  /**
   * Any sender can set attributes, so an origin counts only with our failure record beside it that
   * names this very queue as its source: what came back here from its dead letters.
   */
  @Override
  public String originId() {
    String origin = textOf(FailureNote.ORIGIN);
    String failure = origin == null ? null : textOf(FailureNote.FAILURE);
    return origin != null && failure != null && isFromHere(failure) ? origin : messageId;
  }

  private @Nullable String textOf(String attribute) {
    MessageAttribute value = messageAttributes.get(attribute);
    return value == null ? null : value.text().orElse(null);
  }

  private boolean isFromHere(String failure) {
    try {
      return !queueArn.isEmpty()
          && EventView.of(failure).text(SOURCE).filter(queueArn::equals).isPresent();
    } catch (PowertoolsException e) {
      return false; // not our record, or one that somebody changed
    }
  }

  @Override
  public boolean fifo() {
    return QueueArn.isFifo(queueArn);
  }

  @Override
  public Optional<String> groupId() {
    return Optional.ofNullable(attributes.get("MessageGroupId"));
  }

  @Override
  public int receiveCount() {
    String text = attributes.get("ApproximateReceiveCount");
    return text == null || text.equals("1")
        ? 1
        : (int) number("ApproximateReceiveCount").orElse(1L).longValue();
  }

  @Override
  public Optional<Instant> sentAt() {
    return number("SentTimestamp").map(Instant::ofEpochMilli);
  }

  private Optional<Long> number(String attribute) {
    String text = attributes.get(attribute);
    try {
      return text == null ? Optional.empty() : Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String id() {
    return messageId;
  }

  @Override
  public String workId() {
    return originId();
  }

  @Override
  public @Nullable String lane() {
    return fifo() ? attributes.getOrDefault("MessageGroupId", "") : null;
  }

  @Override
  public String source() {
    return queueArn;
  }

  @Override
  public Optional<String> header(String name) {
    String system = attributes.get(name);
    return system == null ? text(name) : Optional.of(system);
  }

  @Override
  public EventView event() {
    return EventView.of(body);
  }

  @Override
  public DeadLetterMessage deadLetter(Parked parked) {
    return FailureNote.attach(this, parked);
  }

  @Override
  public String toString() {
    return "message " + messageId + " of " + queueArn;
  }
}
