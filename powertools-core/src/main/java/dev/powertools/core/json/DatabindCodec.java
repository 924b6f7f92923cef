// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads and writes one type with databind, and reports as the light codec does. */
final class DatabindCodec<T> implements TypedCodec<T> {
  private final Type type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  DatabindCodec(Type type, ObjectReader reader, ObjectWriter writer) {
    this.type = type;
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public @Nullable T read(byte[] json, int offset, int length) {
    try {
      JsonParsers.checkLength(length);
      return reader.readValue(json, offset, length);
    } catch (JsonMappingException e) {
      throw mismatch(e);
    } catch (JsonProcessingException e) {
      throw undecodable("", type.getTypeName(), "invalid JSON", e);
    } catch (InvalidJsonException e) {
      throw undecodable("", type.getTypeName(), "JSON that is refused", e);
    } catch (UndecodablePayloadException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw undecodable("", type.getTypeName(), "what a deserializer refuses", e);
    }
  }

  private UndecodablePayloadException mismatch(JsonMappingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UndecodablePayloadException ours) {
        return ours;
      }
    }
    String expected = type.getTypeName();
    if (e instanceof MismatchedInputException input && input.getTargetType() != null) {
      expected = input.getTargetType().getName();
    }
    return undecodable(pointer(e), expected, "something else", e);
  }

  private static UndecodablePayloadException undecodable(
      String pointer, String expected, String found, Throwable cause) {
    return new UndecodablePayloadException(pointer, expected, found, cause);
  }

  private static String pointer(JsonMappingException e) {
    JsonPointer pointer = JsonPointer.root();
    for (JsonMappingException.Reference step : e.getPath()) {
      String name = step.getFieldName();
      pointer = name == null ? pointer.child(step.getIndex()) : pointer.child(name);
    }
    return pointer.toString();
  }

  /** By way of text, so that the writer's rules for lone surrogates and line ends hold here too. */
  @Override
  public void write(@Nullable T value, JsonWriter out) {
    String json;
    try {
      json = writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UnencodablePayloadException(
          type.getTypeName()
              + " cannot be written: "
              + InvalidJsonException.hint(e.getOriginalMessage()),
          e);
    }
    out.rawJson(json);
  }
}
