// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.Outcome;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of an SQS queue. Immutable.
 *
 * @param receipt the handle of its receipt; {@code null} if no queue waits for news of it, as in
 *     events that were written by hand
 * @param inside what is inside the body, if envelopes are to be taken off
 */
record SqsMessage(
    String messageId,
    String body,
    String queueArn,
    @Nullable String receipt,
    Map<String, String> attributes,
    Map<String, MessageAttribute> messageAttributes,
    @Nullable Unwrapped inside)
    implements RecordContext, BatchRecord {

  private static final JsonPointer SOURCE = JsonPointer.of("/srcArn");
  private static final JsonPointer ORIGIN = JsonPointer.of("/originId");
  private static final JsonPointer REDRIVES = JsonPointer.of("/redrives");

  /** As it was sent at first, if it came back here from its dead letters in an envelope. */
  SqsMessage unwrapped() {
    String failure = messageAttributes.isEmpty() ? null : textOf(FailureNote.FAILURE);
    DeadLetterEnvelope envelope =
        failure != null && isFromHere(failure) ? DeadLetterEnvelope.read(body) : null;
    if (envelope == null) {
      return this;
    }
    Map<String, MessageAttribute> all = new LinkedHashMap<>(envelope.attributes());
    all.putAll(messageAttributes);
    return new SqsMessage(
        messageId,
        envelope.body(),
        queueArn,
        receipt,
        attributes,
        Collections.unmodifiableMap(all));
  }

  /** A message whose body is its payload. */
  SqsMessage(
      String messageId,
      String body,
      String queueArn,
      @Nullable String receipt,
      Map<String, String> attributes,
      Map<String, MessageAttribute> messageAttributes) {
    this(messageId, body, queueArn, receipt, attributes, messageAttributes, null);
  }

  /** The same message, in whose body is something. */
  SqsMessage with(Unwrapped content) {
    return new SqsMessage(
        messageId, body, queueArn, receipt, attributes, messageAttributes, content);
  }

  /**
   * Any sender can set attributes, so an origin counts only with our failure record beside it that
   * names this very queue as its source: what came back here from its dead letters.
   */
  @Override
  public String originId() {
    String failure = textOf(FailureNote.FAILURE);
    if (failure == null || !isFromHere(failure)) {
      return messageId;
    }
    String origin = textOf(FailureNote.ORIGIN);
    return origin == null ? EventView.of(failure).text(ORIGIN).orElse(messageId) : origin;
  }

  /** One more than its note says, if it has one that counts. */
  @Override
  public int redrives() {
    String failure = textOf(FailureNote.FAILURE);
    if (failure == null || !isFromHere(failure)) {
      return 0;
    }
    try {
      String earlier = EventView.of(failure).text(REDRIVES).orElse("0");
      return Math.max(0, Math.min(Integer.parseInt(earlier), Integer.MAX_VALUE - 1)) + 1;
    } catch (NumberFormatException | PowertoolsException e) {
      return 1; // somebody changed it
    }
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
  public AttributeKey<String> idKey() {
    return MESSAGE_ID;
  }

  @Override
  public String workId() {
    return originId();
  }

  @Override
  public boolean isCopy() {
    return !originId().equals(messageId);
  }

  @Override
  public boolean isQueued() {
    return true;
  }

  @Override
  public Object payload(PayloadReader reader) {
    return reader.read(messageId, inside == null ? body : inside.content().text());
  }

  @Override
  public @Nullable String lane() {
    return fifo() ? attributes.getOrDefault("MessageGroupId", "") : null;
  }

  @Override
  public @Nullable String group() {
    return attributes.get("MessageGroupId");
  }

  @Override
  public long sentMillis() {
    String text = attributes.get("SentTimestamp");
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public String source() {
    return queueArn;
  }

  @Override
  public Optional<String> attribute(String name) {
    return name.equals("messageId")
        ? Optional.of(messageId)
        : Optional.ofNullable(attributes.get(name));
  }

  @Override
  public Optional<String> header(String name) {
    String system = attributes.get(name);
    Optional<String> said = system == null ? text(name) : Optional.of(system);
    return said.isPresent() || inside == null ? said : inside.header(name);
  }

  @Override
  public EventView event() {
    return inside == null ? EventView.of(body) : inside.view();
  }

  @Override
  public @Nullable Outcome known() {
    return inside != null && inside.isTestEvent() ? Outcome.ignored("s3:TestEvent") : null;
  }

  @Override
  public DeadLetterMessage letter() {
    return new DeadLetterMessage(
        body,
        messageAttributes,
        attributes.get("AWSTraceHeader"),
        attributes.get("MessageGroupId"),
        messageId);
  }

  @Override
  public String toString() {
    return "message " + messageId + " of " + queueArn;
  }
}
