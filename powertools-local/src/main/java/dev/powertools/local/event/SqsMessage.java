// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.time.Instant;
import java.util.Map;

/**
 * One message of an {@link SqsEvent}. Immutable: each method gives a new one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Lambda and SQS</a>
 */
public final class SqsMessage extends Told<SqsMessage> {

  static final Setting<String> BODY = new Setting<>();
  static final Setting<String> ID = new Setting<>();
  static final Setting<String> RECEIPT = new Setting<>();
  static final Setting<Integer> RECEIVE_COUNT = new Setting<>();
  static final Setting<Instant> SENT_AT = new Setting<>();
  static final Setting<String> GROUP = new Setting<>();
  static final Setting<String> DEDUPLICATION = new Setting<>();
  static final Setting<String> SEQUENCE = new Setting<>();
  static final Setting<Map<String, SqsAttribute>> ATTRIBUTES = new Setting<>();
  static final Setting<Map<String, String>> SYSTEM = new Setting<>();
  static final Setting<Boolean> EXACTLY = new Setting<>();

  private static final int MOST_ATTRIBUTES = 10;
  private static final int MOST_BYTES = 1024 * 1024;

  SqsMessage(Settings settings) {
    super(settings);
  }

  @Override
  SqsMessage with(Settings changed) {
    return new SqsMessage(changed);
  }

  /**
   * The body: text as it is, anything else as its JSON.
   *
   * @throws IllegalArgumentException if SQS would refuse it: empty, over 1 MiB, control characters
   */
  public SqsMessage body(Object body) {
    String text = Payload.text(body);
    if (text.isEmpty()) {
      throw Refused.value("body", text, "SQS refuses empty messages");
    }
    SqsText.check("body", text);
    if (Payload.bytes(text).length > MOST_BYTES) {
      throw Refused.value("body", text, "SQS takes at most 1 MiB (1,048,576 bytes)");
    }
    return with(BODY, text);
  }

  /** The message id; by default one that follows from queue, place in the event, and body. */
  public SqsMessage id(String id) {
    return with(ID, Refused.blank("id", id, "leave it out to get one"));
  }

  /** The receipt handle. */
  public SqsMessage receiptHandle(String handle) {
    return with(RECEIPT, Refused.blank("receiptHandle", handle, "leave it out to get one"));
  }

  /** How often it has been received, this time included; 1 by default. */
  public SqsMessage receiveCount(int count) {
    if (count < 1) {
      throw Refused.value("receiveCount", count, "this delivery counts, so it is 1 or more");
    }
    return with(RECEIVE_COUNT, count);
  }

  /** When it was sent; by default when the event happened. */
  public SqsMessage sentAt(Instant instant) {
    return with(SENT_AT, instant);
  }

  /** Its group: required on a FIFO queue, and makes a standard queue a fair one. */
  public SqsMessage group(String group) {
    return with(GROUP, SqsText.token("group", group));
  }

  /** Its deduplication id; by default that of content-based deduplication, SHA-256 of the body. */
  public SqsMessage deduplicationId(String id) {
    return with(DEDUPLICATION, SqsText.token("deduplicationId", id));
  }

  /** Its sequence number, of a FIFO queue only; ascending over the event by default. */
  public SqsMessage sequenceNumber(String number) {
    if (!number.matches("[0-9]{1,39}")) {
      throw Refused.value("sequenceNumber", number, "SQS counts in digits, up to 128 bits");
    }
    return with(SEQUENCE, number);
  }

  /**
   * A message attribute: bytes as {@code Binary}, numbers as {@code Number}, else as {@code
   * String}.
   */
  public SqsMessage attribute(String name, Object value) {
    if (value instanceof byte[]) {
      return attribute(name, "Binary", value);
    }
    return value instanceof Number
        ? attribute(name, "Number", value.toString())
        : attribute(name, "String", Payload.text(value));
  }

  /**
   * A message attribute.
   *
   * @param dataType {@code String}, {@code Number} or {@code Binary}, perhaps with a label of your
   *     own behind a dot
   * @param value text, or {@code byte[]} if binary
   * @throws IllegalArgumentException if SQS would refuse it, or it is the eleventh
   */
  public SqsMessage attribute(String name, String dataType, Object value) {
    SqsMessage changed =
        with(settings.putting(ATTRIBUTES, name, SqsAttribute.of(name, dataType, value)));
    if (changed.settings.map(ATTRIBUTES).size() > MOST_ATTRIBUTES) {
      throw Refused.value("attribute", name, "a message has at most 10 attributes");
    }
    return changed;
  }

  /**
   * A system attribute, such as {@code AWSTraceHeader} or {@code DeadLetterQueueSourceArn}; takes
   * the place of what the builder would write.
   */
  public SqsMessage systemAttribute(String name, String value) {
    return with(settings.putting(SYSTEM, name, value));
  }

  /** Exactly these system attributes, and none of the builder's own. */
  public SqsMessage systemAttributes(Map<String, String> attributes) {
    return with(settings.with(SYSTEM, Map.copyOf(attributes)).with(EXACTLY, true));
  }
}
