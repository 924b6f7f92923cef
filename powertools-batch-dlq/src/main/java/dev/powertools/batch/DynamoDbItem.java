// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.powertools.core.json.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Items of DynamoDB as plain JSON: {@code {"cents":{"N":"5"}}} is {@code {"cents":5}}. Binary stays
 * Base64, sets become arrays. Confined to one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
final class DynamoDbItem {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final JsonParser json;
  private final JsonWriter out = new JsonWriter();

  private DynamoDbItem(JsonParser json) {
    this.json = json;
  }

  /**
   * Writes an item as plain JSON.
   *
   * @throws UndecodableRecordException if it is no item
   */
  static byte[] plain(String recordId, byte[] item, PayloadReader reader) {
    try {
      return plain(item);
    } catch (IOException | NumberFormatException | NotTyped e) {
      throw reader.refused(recordId, "an image is no item of DynamoDB", e);
    }
  }

  /** Writes an item as plain JSON; {@code null} if it is none. */
  static byte @Nullable [] plainOrNull(byte[] item) {
    try {
      return plain(item);
    } catch (IOException | NumberFormatException | NotTyped e) {
      return null; // told when the payload is read
    }
  }

  private static byte[] plain(byte[] item) throws IOException {
    try (JsonParser parser = FACTORY.createParser(item)) {
      parser.nextToken();
      DynamoDbItem plain = new DynamoDbItem(parser);
      plain.members();
      return plain.out.toByteArray();
    }
  }

  /** A value is not typed as DynamoDB types values. */
  private static final class NotTyped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTyped(@Nullable String type) {
      super("no value of DynamoDB's type " + type);
    }
  }

  private void members() throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "M");
    out.beginObject();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      out.name(name);
      json.nextToken();
      value();
    }
    out.endObject();
  }

  private void value() throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "");
    String type = json.nextFieldName();
    json.nextToken();
    switch (type == null ? "" : type) {
      case "S", "B" -> out.value(text());
      case "N" -> out.value(number());
      case "BOOL" -> out.value(flag());
      case "NULL" -> out.nullValue();
      case "M" -> members();
      case "L" -> elements(this::value);
      case "SS", "BS" -> elements(() -> out.value(text()));
      case "NS" -> elements(() -> out.value(number()));
      default -> throw new NotTyped(type);
    }
    require(json.nextToken() == JsonToken.END_OBJECT, type);
  }

  /** Writes one element. */
  @FunctionalInterface
  private interface Element {
    void write() throws IOException;
  }

  private void elements(Element element) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "L");
    out.beginArray();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.write();
    }
    out.endArray();
  }

  private String text() throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING, "S");
    return json.getText();
  }

  private BigDecimal number() throws IOException {
    return new BigDecimal(text());
  }

  private boolean flag() throws IOException {
    require(json.currentToken().isBoolean(), "BOOL");
    return json.getBooleanValue();
  }

  private static void require(boolean condition, @Nullable String type) {
    if (!condition) {
      throw new NotTyped(type);
    }
  }
}
