// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** A request's JSON object, or one of its entries. Immutable. */
final class SqsRequest {

  private final Map<?, ?> members;

  SqsRequest(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> map)) {
      throw SqsRefusal.plain("SerializationException", "Expected a JSON object: " + json);
    }
    this.members = map;
  }

  @Nullable String text(String name) {
    Object value = members.get(name);
    return value == null ? null : value.toString();
  }

  String required(String name) {
    String value = text(name);
    if (value == null) {
      throw SqsRefusal.missing(name);
    }
    return value;
  }

  @Nullable Integer number(String name) {
    String value = text(name);
    try {
      return value == null ? null : Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw SqsRefusal.invalid(name, value, "Must be an integer.");
    }
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    list(name).forEach(item -> texts.add(String.valueOf(item)));
    return texts;
  }

  List<SqsRequest> entries() {
    List<SqsRequest> entries = new ArrayList<>();
    list("Entries").forEach(item -> entries.add(new SqsRequest(item)));
    return entries;
  }

  Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(name).forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
    return texts;
  }

  SqsOutgoing outgoing() {
    Map<String, SqsAttribute> system = attributes("MessageSystemAttributes");
    SqsAttribute trace = system.get("AWSTraceHeader");
    return new SqsOutgoing(
        required("MessageBody"),
        attributes("MessageAttributes"),
        trace == null ? null : trace.text(),
        text("MessageGroupId"),
        text("MessageDeduplicationId"),
        number("DelaySeconds"));
  }

  Map<String, SqsAttribute> attributes(String name) {
    Map<String, SqsAttribute> attributes = new TreeMap<>();
    map(name).forEach((key, value) -> attributes.put(key.toString(), attribute(value)));
    return attributes;
  }

  private static SqsAttribute attribute(@Nullable Object json) {
    SqsRequest value = new SqsRequest(json);
    String type = value.text("DataType");
    String binary = value.text("BinaryValue");
    return new SqsAttribute(
        type == null ? "" : type,
        value.text("StringValue"),
        binary == null ? null : SdkBytes.fromByteArray(Base64.getDecoder().decode(binary)));
  }

  private List<?> list(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }

  private Map<?, ?> map(String name) {
    return members.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }
}
