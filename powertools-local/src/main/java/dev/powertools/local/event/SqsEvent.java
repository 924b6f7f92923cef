// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A batch of messages as the event source mapping of SQS hands it to a function. What is said here
 * of messages holds for all that say nothing else, in whatever order it is said. Immutable: each
 * method gives a new one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Lambda and SQS</a>
 */
public final class SqsEvent extends ToldEvent<SqsEvent> {

  private static final Setting<String> QUEUE = new Setting<>();
  private static final Setting<List<SqsMessage>> MESSAGES = new Setting<>();
  private static final SqsMessage NOTHING_SAID = new SqsMessage(Settings.NONE);

  SqsEvent(Settings settings) {
    super(settings);
  }

  @Override
  SqsEvent with(Settings changed) {
    return new SqsEvent(changed);
  }

  /**
   * The queue, by name or ARN; {@code orders} by default. A name that ends with {@code .fifo} makes
   * it a FIFO queue.
   */
  public SqsEvent queue(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
    if (!name.matches("[A-Za-z0-9_-]{1,75}\\.fifo|[A-Za-z0-9_-]{1,80}")) {
      throw Refused.value(
          "queue",
          nameOrArn,
          "a queue's name has 1 to 80 of A-Z, a-z, 0-9, '-' and '_', the .fifo at the end of a FIFO"
              + " queue's included");
    }
    return with(QUEUE, nameOrArn);
  }

  /** Adds a message with this body: text as it is, anything else as its JSON. */
  public SqsEvent body(Object body) {
    return message(message -> message.body(body));
  }

  /** Adds a message for each body. */
  public SqsEvent bodies(Object... bodies) {
    List<SqsMessage> more = Arrays.stream(bodies).map(NOTHING_SAID::body).toList();
    return with(settings.adding(MESSAGES, more));
  }

  /** Adds a message that differs from the others. */
  public SqsEvent message(UnaryOperator<SqsMessage> message) {
    return with(settings.adding(MESSAGES, List.of(message.apply(NOTHING_SAID))));
  }

  /** How often the messages have been received, this time included; 1 by default. */
  public SqsEvent receiveCount(int count) {
    return all(said().receiveCount(count));
  }

  /** When the messages were sent; by default when the event happened. */
  public SqsEvent sentAt(Instant instant) {
    return all(said().sentAt(instant));
  }

  /** The messages' group: required on a FIFO queue, and makes a standard queue a fair one. */
  public SqsEvent group(String group) {
    return all(said().group(group));
  }

  /** An attribute of each message that has no attributes of its own; as of the message. */
  public SqsEvent attribute(String name, Object value) {
    return all(said().attribute(name, value));
  }

  /** A system attribute of each message that has none of its own; as of the message. */
  public SqsEvent systemAttribute(String name, String value) {
    return all(said().systemAttribute(name, value));
  }

  private SqsMessage said() {
    return new SqsMessage(settings);
  }

  private SqsEvent all(SqsMessage said) {
    return with(said.settings);
  }

  /** How many messages there are. */
  public int size() {
    return settings.list(MESSAGES).size();
  }

  /** The id of the message at {@code index}, counted from 0. */
  public String messageId(int index) {
    return id(message(index), index);
  }

  private Settings message(int index) {
    return settings.list(MESSAGES).get(index).settings.over(settings);
  }

  private String id(Settings message, int index) {
    return message.or(SqsMessage.ID, Defaults.uuid(queueArn(), index, body(message, index)));
  }

  private static String body(Settings message, int index) {
    String body = message.get(SqsMessage.BODY);
    if (body == null) {
      throw new IllegalArgumentException(
          "Message " + index + " has no body; SQS refuses empty messages: give it body(…)");
    }
    return body;
  }

  private String queueArn() {
    String queue = settings.or(QUEUE, "orders");
    return queue.startsWith("arn:") ? queue : arn("sqs", queue);
  }

  @Override
  void write(JsonWriter json) {
    Refused.none(settings.list(MESSAGES), "SQS", "body(…) or message(…)");
    json.beginObject().name("Records").beginArray();
    for (int i = 0; i < size(); i++) {
      write(json, message(i), i);
    }
    json.endArray().endObject();
  }

  private void write(JsonWriter json, Settings message, int index) {
    String body = body(message, index);
    Map<String, SqsAttribute> attributes = message.map(SqsMessage.ATTRIBUTES);
    String arn = queueArn();
    json.beginObject();
    json.name("messageId").value(id(message, index));
    json.name("receiptHandle").value(message.or(SqsMessage.RECEIPT, "receipt-" + index));
    json.name("body").value(body);
    json.name("attributes").value(systemAttributes(message, index, body));
    json.name("messageAttributes").beginObject();
    attributes.forEach((name, attribute) -> attribute.write(json.name(name)));
    json.endObject();
    json.name("md5OfBody").value(SqsDigest.md5(body));
    if (!attributes.isEmpty()) {
      json.name("md5OfMessageAttributes").value(SqsDigest.md5(attributes));
    }
    json.name("eventSource").value("aws:sqs");
    json.name("eventSourceARN").value(arn);
    json.name("awsRegion").value(arn.split(":", -1)[3]);
    json.endObject();
  }

  private Map<String, String> systemAttributes(Settings message, int index, String body) {
    Map<String, String> all = new TreeMap<>();
    if (!message.has(SqsMessage.EXACTLY)) {
      Instant sent = message.or(SqsMessage.SENT_AT, at());
      all.put("ApproximateReceiveCount", "" + message.or(SqsMessage.RECEIVE_COUNT, 1));
      all.put("SentTimestamp", "" + sent.toEpochMilli());
      all.put("SenderId", "AIDAIENQZJOLO23YVJ4VO");
      all.put("ApproximateFirstReceiveTimestamp", "" + sent.plusMillis(1).toEpochMilli());
      ordering(message, index, body, all);
    }
    all.putAll(message.map(SqsMessage.SYSTEM));
    return all;
  }

  /** A group on a standard queue is for fairness; all else of FIFO would not be there. */
  private void ordering(Settings message, int index, String body, Map<String, String> all) {
    boolean fifo = queueArn().endsWith(".fifo");
    String group = message.get(SqsMessage.GROUP);
    if (group != null) {
      all.put("MessageGroupId", group);
    } else if (fifo) {
      throw wrong(index, "a message of a FIFO queue has a group: say group(…)");
    }
    if (fifo) {
      String number = "188494964604" + String.format("%08d", 67_696_128 + 256 * index);
      String digest = message.or(SqsMessage.DEDUPLICATION, SqsDigest.sha256(body));
      all.put("MessageDeduplicationId", digest);
      all.put("SequenceNumber", message.or(SqsMessage.SEQUENCE, number));
    } else if (message.has(SqsMessage.DEDUPLICATION) || message.has(SqsMessage.SEQUENCE)) {
      throw wrong(
          index,
          "deduplicationId and sequenceNumber are of FIFO queues, whose names end with .fifo: say"
              + " queue(\"….fifo\"), or leave them out");
    }
  }

  private IllegalArgumentException wrong(int index, String fix) {
    return new IllegalArgumentException("Message " + index + " of " + queueArn() + ": " + fix);
  }
}
