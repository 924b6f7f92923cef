// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event that the SQS event source mapping sends, in one pass. What it does not know it
 * skips; what is not such an event it refuses as a whole, since records that were not understood
 * must not count as handled. Confined to one thread.
 */
final class SqsEventReader {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final JsonParser parser;

  private SqsEventReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads an event.
   *
   * @return its messages; empty if {@code Records} is empty or null
   * @throws MalformedEventException if it is not an SQS event
   */
  static List<SqsMessage> read(byte[] event) {
    try (JsonParser parser = FACTORY.createParser(event)) {
      return new SqsEventReader(parser).event();
    } catch (JsonProcessingException e) {
      throw new MalformedEventException(
          "An SQS event was expected, and what came is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SqsMessage> event() throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "a JSON object", "the event");
    List<SqsMessage> records = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.currentName().equals("Records")) {
        require(records == null, "one member", "\"Records\"");
        records = records();
      } else {
        parser.nextToken();
        parser.skipChildren();
      }
    }
    require(parser.nextToken() == null, "nothing", "the text behind the event");
    if (records == null) {
      throw malformed("an array", "\"Records\"");
    }
    return records;
  }

  private List<SqsMessage> records() throws IOException {
    List<SqsMessage> records = new ArrayList<>();
    if (parser.nextToken() == JsonToken.VALUE_NULL) {
      return records;
    }
    require(parser.currentToken() == JsonToken.START_ARRAY, "an array", "\"Records\"");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      records.add(message(records.size()));
    }
    return records;
  }

  private SqsMessage message(int index) throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "an object", "record " + index);
    String messageId = null;
    String body = null;
    String arn = null;
    String receipt = null;
    Map<String, String> attributes = Map.of();
    Map<String, MessageAttribute> messageAttributes = Map.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      switch (parser.currentName()) {
        case "messageId" -> messageId = text();
        case "body" -> body = text();
        case "eventSourceARN" -> arn = text();
        case "receiptHandle" -> receipt = text();
        case "attributes" -> attributes = attributes();
        case "messageAttributes" -> messageAttributes = messageAttributes();
        default -> skip();
      }
    }
    return SqsMessages.of(index, messageId, body, arn, receipt, attributes, messageAttributes);
  }

  private void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  private @Nullable String text() throws IOException {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    require(token.isScalarValue(), "text", "\"" + name + "\"");
    return token == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  private Map<String, String> attributes() throws IOException {
    if (!beginsObject()) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String value = text();
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private Map<String, MessageAttribute> messageAttributes() throws IOException {
    if (!beginsObject()) {
      return Map.of();
    }
    Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      attributes.put(name, messageAttribute(name));
    }
    return attributes;
  }

  private MessageAttribute messageAttribute(String name) throws IOException {
    require(beginsObject(), "an object", "the message attribute \"" + name + "\"");
    String type = "String";
    String string = null;
    byte[] binary = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      switch (parser.currentName()) {
        case "dataType" -> type = SqsMessages.orElse(text(), type);
        case "stringValue" -> string = text();
        case "binaryValue" -> binary = bytes();
        default -> skip();
      }
    }
    return SqsMessages.attribute(type, string, binary);
  }

  private byte @Nullable [] bytes() throws IOException {
    return parser.nextToken() == JsonToken.VALUE_NULL ? null : parser.getBinaryValue();
  }

  private boolean beginsObject() throws IOException {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    require(token == JsonToken.START_OBJECT, "an object", "\"" + name + "\"");
    return true;
  }

  private void require(boolean condition, String expected, String what) {
    if (!condition) {
      throw malformed(expected, what);
    }
  }

  private MalformedEventException malformed(String expected, String what) {
    return new MalformedEventException(
        "An SQS event was expected, with "
            + expected
            + " for "
            + what
            + "; what came has not, up to line "
            + parser.currentLocation().getLineNr()
            + ", column "
            + parser.currentLocation().getColumnNr()
            + ". Is the function subscribed to something other than a queue? Nothing of the event"
            + " was handled.");
  }
}
