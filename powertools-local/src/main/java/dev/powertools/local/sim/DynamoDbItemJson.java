// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain values as DynamoDB's attribute values: text is {@code S}, a number {@code N}, and so on.
 */
final class DynamoDbItemJson {

  private DynamoDbItemJson() {}

  static byte[] item(Map<String, ?> attributes) {
    JsonWriter json = new JsonWriter();
    attributes(json, attributes);
    return json.toByteArray();
  }

  private static void attributes(JsonWriter json, Map<?, ?> attributes) {
    json.beginObject();
    attributes.forEach((name, value) -> attribute(json.name(String.valueOf(name)), value));
    json.endObject();
  }

  private static void attribute(JsonWriter json, @Nullable Object value) {
    json.beginObject();
    if (value == null) {
      json.name("NULL").value(true);
    } else if (value instanceof Boolean flag) {
      json.name("BOOL").value(flag.booleanValue());
    } else if (value instanceof Number number) {
      json.name("N").value(plain(number));
    } else if (value instanceof byte[] bytes) {
      json.name("B").value(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Map<?, ?> map) {
      attributes(json.name("M"), map);
    } else if (value instanceof List<?> list) {
      json.name("L").beginArray();
      list.forEach(element -> attribute(json, element));
      json.endArray();
    } else {
      json.name("S").value(value.toString());
    }
    json.endObject();
  }

  /** As DynamoDB gives numbers back: without zeros at the end, and never with an exponent here. */
  private static String plain(Number number) {
    return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
  }
}
