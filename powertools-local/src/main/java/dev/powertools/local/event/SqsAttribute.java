// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message attribute of SQS: text, or bytes. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">Message
 *     metadata</a>
 */
final class SqsAttribute {

  private final String dataType;
  private final byte[] bytes;
  private final @Nullable String text;

  private SqsAttribute(String dataType, byte[] bytes, @Nullable String text) {
    this.dataType = dataType;
    this.bytes = bytes;
    this.text = text;
  }

  static SqsAttribute of(String name, String dataType, Object value) {
    checkedName(name);
    checkType(name, dataType);
    boolean binary = dataType.startsWith("Binary");
    if (binary != value instanceof byte[]) {
      throw refused(name, value, "Binary attributes are byte[], String and Number ones are text");
    }
    if (dataType.startsWith("Number")) {
      checkNumber(name, value);
    }
    byte[] bytes = Payload.bytes(value);
    if (bytes.length == 0) {
      throw refused(name, value, "SQS refuses empty values; leave the attribute out");
    }
    return new SqsAttribute(dataType, bytes, binary ? null : value.toString());
  }

  static String checkedName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*") || name.length() > 256) {
      throw Refused.value(
          "attribute name",
          name,
          "SQS takes 1 to 256 of A-Z, a-z, 0-9, '_', '-' and '.', and no '.' at the ends or twice in"
              + " a row");
    }
    if (lower.startsWith("aws.") || lower.startsWith("amazon.")) {
      throw Refused.value(
          "attribute name", name, "AWS keeps names with AWS. and Amazon. to itself");
    }
    return name;
  }

  private static void checkType(String name, String dataType) {
    if (!dataType.matches("(String|Number|Binary)(\\..+)?") || dataType.length() > 256) {
      throw refused(
          name, dataType, "the type is String, Number or Binary, perhaps with .yourLabel behind");
    }
  }

  private static void checkNumber(String name, Object value) {
    try {
      new BigDecimal(value.toString());
    } catch (NumberFormatException e) {
      throw refused(name, value, "is no number; give it as text, or with the type String");
    }
  }

  private static IllegalArgumentException refused(String name, Object value, String allowed) {
    Object shown = value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    return Refused.value("attribute " + name, shown, allowed);
  }

  String dataType() {
    return dataType;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isText() {
    return text != null;
  }

  void write(JsonWriter json) {
    json.beginObject();
    if (text != null) {
      json.name("stringValue").value(text);
    } else {
      json.name("binaryValue").value(Base64.getEncoder().encodeToString(bytes));
    }
    json.name("stringListValues").beginArray().endArray();
    json.name("binaryListValues").beginArray().endArray();
    json.name("dataType").value(dataType);
    json.endObject();
  }
}
