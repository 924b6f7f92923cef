// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Runs a plan over jackson-core. */
final class LightCodec<T> implements TypedCodec<T> {
  private static final JsonFactory FACTORY = JsonParsers.strictFactory();

  private final Type type;
  private final Plan plan;

  LightCodec(Type type, Plan plan) {
    this.type = type;
    this.plan = plan;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  @SuppressWarnings("unchecked") // the plan was made for the type
  public @Nullable T read(byte[] json, int offset, int length) {
    try {
      JsonParsers.checkLength(length);
      return (T) document(json, offset, length);
    } catch (JsonProcessingException e) {
      throw new UndecodablePayloadException("", plan.expected(), "invalid JSON", e);
    } catch (InvalidJsonException e) {
      throw new UndecodablePayloadException("", plan.expected(), "JSON that is refused", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // as good as impossible: reads from memory
    }
  }

  private @Nullable Object document(byte[] json, int offset, int length) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json, offset, length)) {
      if (parser.nextToken() == null) {
        throw new UndecodablePayloadException("", plan.expected(), "nothing", null);
      }
      Object value = plan.readOrEmpty(parser);
      if (parser.nextToken() != null) {
        throw new UndecodablePayloadException("", plan.expected(), "text behind it", null);
      }
      return value;
    }
  }

  @Override
  public void write(@Nullable T value, JsonWriter out) {
    int mark = out.mark();
    try {
      plan.writeOrNull(value, out);
    } catch (ClassCastException e) {
      out.reset(mark);
      throw new UnencodablePayloadException("a value that is no " + plan.expected(), e);
    } catch (UnencodablePayloadException e) {
      out.reset(mark);
      throw e;
    }
  }
}
