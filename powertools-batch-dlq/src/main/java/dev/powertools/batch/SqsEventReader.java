// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the event that the SQS event source mapping sends. Confined to one thread. */
final class SqsEventReader {

  private final EventParser in;

  private SqsEventReader(EventParser in) {
    this.in = in;
  }

  /**
   * Reads an event.
   *
   * @return its messages; empty if {@code Records} is empty or null
   * @throws MalformedEventException if it is not an SQS event
   */
  static List<SqsMessage> read(byte[] event) {
    return EventParser.read(event, "An SQS event", in -> new SqsEventReader(in).event());
  }

  private List<SqsMessage> event() throws IOException {
    List<SqsMessage> records = null;
    for (String name = in.member(); name != null; name = in.member()) {
      if (name.equals("Records")) {
        in.require(records == null, "one member", "\"Records\"");
        records = records();
      } else {
        in.skip();
      }
    }
    in.require(records != null, "an array", "\"Records\"");
    return records == null ? List.of() : records;
  }

  private List<SqsMessage> records() throws IOException {
    List<SqsMessage> records = new ArrayList<>();
    if (in.array()) {
      while (in.element(records.size())) {
        records.add(message(records.size()));
      }
    }
    return records;
  }

  private SqsMessage message(int index) throws IOException {
    String messageId = null;
    String body = null;
    String arn = null;
    String receipt = null;
    Map<String, String> attributes = Map.of();
    Map<String, MessageAttribute> messageAttributes = Map.of();
    for (String name = in.member(); name != null; name = in.member()) {
      switch (name) {
        case "messageId" -> messageId = in.text();
        case "body" -> body = in.text();
        case "eventSourceARN" -> arn = in.text();
        case "receiptHandle" -> receipt = in.text();
        case "attributes" -> attributes = attributes();
        case "messageAttributes" -> messageAttributes = messageAttributes();
        default -> in.skip();
      }
    }
    return SqsMessages.of(index, messageId, body, arn, receipt, attributes, messageAttributes);
  }

  private Map<String, String> attributes() throws IOException {
    if (!in.object()) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name = in.member(); name != null; name = in.member()) {
      String value = in.text();
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private Map<String, MessageAttribute> messageAttributes() throws IOException {
    if (!in.object()) {
      return Map.of();
    }
    Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
    for (String name = in.member(); name != null; name = in.member()) {
      attributes.put(name, messageAttribute(name));
    }
    return attributes;
  }

  private MessageAttribute messageAttribute(String name) throws IOException {
    in.require(in.object(), "an object", "the message attribute \"" + name + "\"");
    String type = "String";
    String string = null;
    byte[] binary = null;
    for (String member = in.member(); member != null; member = in.member()) {
      switch (member) {
        case "dataType" -> type = SqsMessages.orElse(in.text(), type);
        case "stringValue" -> string = in.text();
        case "binaryValue" -> binary = binary();
        default -> in.skip();
      }
    }
    return SqsMessages.attribute(type, string, binary);
  }

  private byte @Nullable [] binary() throws IOException {
    String encoded = in.text();
    RecordBytes bytes = RecordBytes.of(encoded);
    in.require(bytes != RecordBytes.UNREADABLE, "Base64", "\"binaryValue\"");
    return bytes.shared();
  }
}
