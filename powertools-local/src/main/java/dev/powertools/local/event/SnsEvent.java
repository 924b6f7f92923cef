// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Messages of an SNS topic. What is said here of messages holds for all that say nothing else.
 * Immutable: each method gives a new one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html">Lambda and SNS</a>
 */
public final class SnsEvent extends ToldEvent<SnsEvent> {

  private static final Setting<String> TOPIC = new Setting<>();
  private static final Setting<List<SnsMessage>> MESSAGES = new Setting<>();
  private static final SnsMessage NOTHING_SAID = new SnsMessage(Settings.NONE);
  static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  SnsEvent(Settings settings) {
    super(settings);
  }

  @Override
  SnsEvent with(Settings changed) {
    return new SnsEvent(changed);
  }

  /** The topic, by name or ARN; {@code orders} by default. */
  public SnsEvent topic(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
    if (!name.matches("[A-Za-z0-9_-]{1,256}(\\.fifo)?")) {
      throw Refused.value(
          "topic", nameOrArn, "a topic's name has 1 to 256 of A-Z, a-z, 0-9, '-' and '_'");
    }
    return with(TOPIC, nameOrArn);
  }

  /** Adds a message: text as it is, anything else as its JSON. */
  public SnsEvent message(Object message) {
    return record(told -> told.message(message));
  }

  /** Adds a message that differs from the others. */
  public SnsEvent record(UnaryOperator<SnsMessage> message) {
    return with(settings.adding(MESSAGES, List.of(message.apply(NOTHING_SAID))));
  }

  /** The messages' subject; none by default. */
  public SnsEvent subject(String subject) {
    return with(new SnsMessage(settings).subject(subject).settings);
  }

  /** An attribute of each message that has no attributes of its own; as of the message. */
  public SnsEvent attribute(String name, Object value) {
    return with(new SnsMessage(settings).attribute(name, value).settings);
  }

  /** The id of the message at {@code index}, counted from 0. */
  public String messageId(int index) {
    return id(settings.list(MESSAGES).get(index).settings, index);
  }

  private String id(Settings message, int index) {
    return message.or(
        SnsMessage.ID, Defaults.uuid(topicArn(), index, message.or(SnsMessage.MESSAGE, "")));
  }

  private String topicArn() {
    String topic = settings.or(TOPIC, "orders");
    return topic.startsWith("arn:") ? topic : arn("sns", topic);
  }

  @Override
  void write(JsonWriter json) {
    List<SnsMessage> messages = settings.list(MESSAGES);
    Refused.none(messages, "SNS", "message(…)");
    json.beginObject().name("Records").beginArray();
    for (int i = 0; i < messages.size(); i++) {
      String arn = topicArn();
      json.beginObject();
      json.name("EventSource").value("aws:sns");
      json.name("EventVersion").value("1.0");
      json.name("EventSubscriptionArn").value(arn + ":" + Defaults.uuid(arn));
      write(json.name("Sns"), messages.get(i).settings.over(settings), i);
      json.endObject();
    }
    json.endArray().endObject();
  }

  private void write(JsonWriter json, Settings message, int index) {
    @Nullable String text = message.get(SnsMessage.MESSAGE);
    if (text == null) {
      throw new IllegalArgumentException(
          "Record " + index + " has no message; SNS refuses empty ones: give it message(…)");
    }
    String arn = topicArn();
    String host = "https://sns." + arn.split(":", -1)[3] + ".amazonaws.com/";
    json.beginObject();
    json.name("Type").value("Notification");
    json.name("MessageId").value(id(message, index));
    json.name("TopicArn").value(arn);
    json.name("Subject").value(message.get(SnsMessage.SUBJECT));
    json.name("Message").value(text);
    json.name("Timestamp").value(MILLIS.format(at()));
    json.name("SignatureVersion").value("1");
    json.name("Signature").value("RVhBTVBMRQ==");
    json.name("SigningCertUrl").value(host + "SimpleNotificationService-example.pem");
    json.name("UnsubscribeUrl").value(host + "?Action=Unsubscribe&SubscriptionArn=" + arn);
    json.name("MessageAttributes").value(message.map(SnsMessage.ATTRIBUTES));
    json.endObject();
  }
}
