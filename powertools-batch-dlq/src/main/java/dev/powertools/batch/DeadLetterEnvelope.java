// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.powertools.core.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a dead letter whose sender has used up all attributes that SQS allows: the original
 * body and attributes as JSON, so that there is room for ours. When such a message comes back to
 * its queue, it is what it was.
 *
 * @param body the original body
 * @param attributes the sender's attributes
 */
record DeadLetterEnvelope(String body, Map<String, MessageAttribute> attributes) {

  static final String TYPE = "application/vnd.pt.dlq+json;v=1";

  private static final String BEGIN = "{\"type\":\"" + TYPE + "\",";

  /** A message with the JSON of another one as its body, and no attributes yet. */
  static DeadLetterMessage around(DeadLetterMessage letter) {
    String json = new DeadLetterEnvelope(letter.body(), letter.attributes()).text();
    return new DeadLetterMessage(
        json, Map.of(), letter.traceHeader(), letter.groupId(), letter.deduplicationId());
  }

  private String text() {
    JsonWriter json = new JsonWriter().beginObject().name("type").value(TYPE);
    json.name("body").value(body).name("attributes").beginObject();
    attributes.forEach(
        (name, attribute) -> {
          json.name(name).beginObject().name("type").value(attribute.type());
          attribute.text().ifPresent(text -> json.name("text").value(text));
          attribute
              .binary()
              .map(Base64.getEncoder()::encodeToString)
              .ifPresent(base64 -> json.name("base64").value(base64));
          json.endObject();
        });
    return new String(json.endObject().endObject().toByteArray(), StandardCharsets.UTF_8);
  }

  /** What such a body holds; {@code null} if it is none. */
  static @Nullable DeadLetterEnvelope read(String body) {
    if (!body.startsWith(BEGIN)) {
      return null;
    }
    try (JsonParser json = new JsonFactory().createParser(body)) {
      return read(json);
    } catch (IOException | RuntimeException e) {
      return null; // somebody else's, or one that somebody changed
    }
  }

  private static @Nullable DeadLetterEnvelope read(JsonParser json) throws IOException {
    String body = null;
    Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case "body" -> body = json.nextTextValue();
        case "attributes" -> readAttributes(json, attributes);
        default -> {
          json.nextToken();
          json.skipChildren();
        }
      }
    }
    return body == null ? null : new DeadLetterEnvelope(body, attributes);
  }

  private static void readAttributes(JsonParser json, Map<String, MessageAttribute> attributes)
      throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Map<String, String> members = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        members.put(json.currentName(), json.nextTextValue());
      }
      attributes.put(name, attribute(members));
    }
  }

  private static MessageAttribute attribute(Map<String, String> members) {
    String type = members.getOrDefault("type", "String");
    String base64 = members.get("base64");
    return base64 == null
        ? MessageAttribute.of(type, members.getOrDefault("text", ""))
        : MessageAttribute.of(type, Base64.getDecoder().decode(base64));
  }
}
