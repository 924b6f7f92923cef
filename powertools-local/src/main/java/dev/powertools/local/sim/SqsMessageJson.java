// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages as ReceiveMessage answers them, with the attributes that were asked for. */
final class SqsMessageJson {

  private final List<String> system;
  private final List<String> named;

  SqsMessageJson(SqsRequest request) {
    List<String> names = request.texts("MessageSystemAttributeNames");
    this.system = names.isEmpty() ? request.texts("AttributeNames") : names;
    this.named = request.texts("MessageAttributeNames");
  }

  void write(JsonWriter json, List<SqsReceived> messages) {
    if (messages.isEmpty()) {
      return;
    }
    json.name("Messages").beginArray();
    messages.forEach(message -> write(json.beginObject(), message));
    json.endArray();
  }

  private void write(JsonWriter json, SqsReceived message) {
    json.name("MessageId").value(message.id());
    json.name("ReceiptHandle").value(message.handle());
    json.name("Body").value(message.content().body());
    json.name("MD5OfBody").value(SqsDigest.ofBody(message.content().body()));
    json.name("Attributes").beginObject();
    message
        .system()
        .forEach(
            (name, value) -> {
              if (system.contains("All") || system.contains(name)) {
                json.name(name).value(value);
              }
            });
    json.endObject();
    Map<String, SqsAttribute> attributes = new TreeMap<>(message.content().attributes());
    attributes.keySet().removeIf(name -> named.stream().noneMatch(wanted -> fits(wanted, name)));
    SqsProtocol.optional(json, "MD5OfMessageAttributes", SqsDigest.ofAttributes(attributes));
    json.name("MessageAttributes").beginObject();
    attributes.forEach((name, value) -> write(json.name(name).beginObject(), value));
    json.endObject().endObject();
  }

  private static boolean fits(String wanted, String name) {
    return wanted.equals("All")
        || wanted.equals(name)
        || (wanted.endsWith(".*") && name.startsWith(wanted.substring(0, wanted.length() - 2)));
  }

  private static void write(JsonWriter json, SqsAttribute attribute) {
    json.name("DataType").value(attribute.type());
    if (attribute.isBinary()) {
      json.name("BinaryValue").value(SqsProtocol.base64(attribute.bytes()));
    } else {
      json.name("StringValue").value(attribute.text());
    }
    json.endObject();
  }
}
