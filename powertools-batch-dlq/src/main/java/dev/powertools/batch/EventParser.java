// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event in one pass. What a reader does not know it skips; what is not such an event is
 * refused as a whole, since records that were not understood must not count as handled. Confined to
 * one thread.
 */
final class EventParser {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final byte[] event;
  private final String kind;
  private final JsonParser json;

  private EventParser(byte[] event, String kind, JsonParser json) {
    this.event = event;
    this.kind = kind;
    this.json = json;
  }

  /** Reads what is in an event. */
  @FunctionalInterface
  interface Reading<T> {
    T read(EventParser in) throws IOException;
  }

  /**
   * Reads an event, which is one JSON object.
   *
   * @param kind what it should be, such as {@code An SQS event}
   * @param reading reads its members, up to the end of the object
   * @throws MalformedEventException if it is something else
   */
  static <T> T read(byte[] event, String kind, Reading<T> reading) {
    try (JsonParser parser = FACTORY.createParser(event)) {
      EventParser in = new EventParser(event, kind, parser);
      in.require(parser.nextToken() == JsonToken.START_OBJECT, "a JSON object", "the event");
      T read = reading.read(in);
      in.require(parser.nextToken() == null, "nothing", "the text behind the event");
      return read;
    } catch (JsonProcessingException e) {
      throw new MalformedEventException(
          kind + " was expected, and what came is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the next member of the object; {@code null} at its end. */
  @Nullable String member() throws IOException {
    return json.nextFieldName();
  }

  /** Skips the member's value. */
  void skip() throws IOException {
    json.nextToken();
    json.skipChildren();
  }

  /** The member's value as text; {@code null} if it is null. */
  @Nullable String text() throws IOException {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    require(token.isScalarValue(), "text", quoted(name));
    return token == JsonToken.VALUE_NULL ? null : json.getText();
  }

  /** The bytes of the member's value, which is Base64. */
  RecordBytes bytes() throws IOException {
    return RecordBytes.of(text());
  }

  /** The member's value as a whole number. */
  long whole() throws IOException {
    String name = json.currentName();
    require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a whole number", quoted(name));
    return json.getLongValue();
  }

  /** The member's value as a time: seconds; {@code null} if it is none. */
  @Nullable Instant seconds() throws IOException {
    boolean number = json.nextToken().isNumeric();
    json.skipChildren();
    return number ? Instant.ofEpochMilli(Math.round(json.getDoubleValue() * 1000)) : null;
  }

  /** The member's value as a flag; false if it is not true. */
  boolean flag() throws IOException {
    boolean flag = json.nextToken() == JsonToken.VALUE_TRUE;
    json.skipChildren();
    return flag;
  }

  /** Begins the member's value, an object; false if it is null. */
  boolean object() throws IOException {
    return begins(JsonToken.START_OBJECT, "an object");
  }

  /** Begins the member's value, an array; false if it is null. */
  boolean array() throws IOException {
    return begins(JsonToken.START_ARRAY, "an array");
  }

  private boolean begins(JsonToken start, String expected) throws IOException {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    require(token == start, expected, quoted(name));
    return true;
  }

  /** Begins the next element of an array, an object; false at the array's end. */
  boolean element(int index) throws IOException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    require(json.currentToken() == JsonToken.START_OBJECT, "an object", "record " + index);
    return true;
  }

  /** The next element of an array of bytes, signed or not; {@code null} at the array's end. */
  @Nullable Byte octet() throws IOException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return null;
    }
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "a byte", "a header");
    return (byte) json.getIntValue();
  }

  /** Where the current token begins. */
  int start() {
    return (int) json.currentTokenLocation().getByteOffset();
  }

  /** All that stood in the event from there to the end of the current token. */
  Supplier<byte[]> since(int start) {
    int end = (int) json.currentLocation().getByteOffset();
    require(start >= 0 && end >= start, "UTF-8", "the event");
    return () -> Arrays.copyOfRange(event, start, end);
  }

  /** The member's value as it stands there. */
  Supplier<byte[]> value() throws IOException {
    json.nextToken();
    return current();
  }

  private Supplier<byte[]> current() throws IOException {
    int start = start();
    json.skipChildren();
    json.finishToken();
    return since(start);
  }

  /** The first element of the member's value, an array, as it stands there. */
  Supplier<byte[]> firstElement() throws IOException {
    require(array(), "an array", quoted(json.currentName()));
    json.nextToken();
    Supplier<byte[]> first = current();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      json.skipChildren();
    }
    return first;
  }

  /** The member's value as it stands there, an object; {@code null} if it is null. */
  @Nullable Supplier<byte[]> whole(String what) throws IOException {
    if (json.nextToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(json.currentToken() == JsonToken.START_OBJECT, "an object", quoted(what));
    int start = start();
    json.skipChildren();
    return since(start);
  }

  private static String quoted(@Nullable String name) {
    return "\"" + name + "\"";
  }

  void require(boolean condition, String expected, String what) {
    if (!condition) {
      throw malformed(expected, what);
    }
  }

  /** A value without which a record can't be handled. */
  String required(@Nullable String value, String what, int index) {
    if (value == null || value.isEmpty()) {
      throw malformed("text", quoted(what) + " of record " + index);
    }
    return value;
  }

  private MalformedEventException malformed(String expected, String what) {
    return new MalformedEventException(
        kind
            + " was expected, with "
            + expected
            + " for "
            + what
            + "; what came has not, up to line "
            + json.currentLocation().getLineNr()
            + ", column "
            + json.currentLocation().getColumnNr()
            + ". Is the function subscribed to something else? Nothing of the event was handled.");
  }
}
