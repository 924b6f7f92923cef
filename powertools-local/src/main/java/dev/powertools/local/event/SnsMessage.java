// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of an {@link SnsEvent}. Immutable: each method gives a new one. */
public final class SnsMessage extends Told<SnsMessage> {

  static final Setting<String> MESSAGE = new Setting<>();
  static final Setting<String> ID = new Setting<>();
  static final Setting<String> SUBJECT = new Setting<>();
  static final Setting<Map<String, Map<String, String>>> ATTRIBUTES = new Setting<>();

  SnsMessage(Settings settings) {
    super(settings);
  }

  @Override
  SnsMessage with(Settings changed) {
    return new SnsMessage(changed);
  }

  /** What it says: text as it is, anything else as its JSON. */
  public SnsMessage message(Object message) {
    String text = Payload.text(message);
    if (text.isEmpty()) {
      throw Refused.value("message", text, "SNS refuses empty messages");
    }
    return with(MESSAGE, text);
  }

  /** The message id; by default one that follows from topic, place in the event, and message. */
  public SnsMessage id(String id) {
    return with(ID, Refused.blank("id", id, "leave it out to get one"));
  }

  /** The subject; none by default. */
  public SnsMessage subject(String subject) {
    if (!subject.matches("[!-~][ -~]{0,99}")) {
      throw Refused.value(
          "subject", subject, "SNS takes 1 to 100 characters of ASCII, the first no blank");
    }
    return with(SUBJECT, subject);
  }

  /**
   * An attribute: bytes as {@code Binary}, numbers as {@code Number}, lists as {@code
   * String.Array}, else as {@code String}.
   */
  public SnsMessage attribute(String name, Object value) {
    String text =
        value instanceof byte[] bytes
            ? Base64.getEncoder().encodeToString(bytes)
            : Payload.text(value);
    if (text.isEmpty()) {
      throw Refused.value("attribute " + name, text, "SNS refuses empty values; leave it out");
    }
    Map<String, String> attribute = new LinkedHashMap<>();
    attribute.put("Type", type(value));
    attribute.put("Value", text);
    return with(settings.putting(ATTRIBUTES, SqsAttribute.checkedName(name), attribute));
  }

  private static String type(Object value) {
    if (value instanceof byte[]) {
      return "Binary";
    }
    if (value instanceof Number) {
      return "Number";
    }
    return value instanceof List ? "String.Array" : "String";
  }
}
