// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Object}: plain values as {@link JsonTree} reads them; anything else by its own codec. */
final class NaturalPlan extends Plan {
  private final PayloadCodec codecs;

  NaturalPlan(PayloadCodec codecs) {
    this.codecs = codecs;
  }

  @Override
  String expected() {
    return "any value";
  }

  @Override
  @Nullable Object read(JsonParser parser) throws IOException {
    return JsonTree.value(parser, JsonTree.Duplicates.REFUSE);
  }

  @Override
  void write(Object value, JsonWriter out) {
    if (value instanceof Map<?, ?> map) {
      out.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.name(key(entry.getKey()));
        writeOrNull(entry.getValue(), out);
      }
      out.endObject();
    } else if (value instanceof Collection<?> elements) {
      out.beginArray();
      for (Object element : elements) {
        writeOrNull(element, out);
      }
      out.endArray();
    } else if (isPlain(value)) {
      out.value(value);
    } else {
      other(value, out);
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Double
        || value instanceof BigDecimal
        || value instanceof BigInteger;
  }

  private void other(Object value, JsonWriter out) {
    if (value.getClass() == Object.class) {
      throw new UnencodablePayloadException("a java.lang.Object has no JSON", null);
    }
    writeAs(codecs.forType(value.getClass()), value, out);
  }

  @SuppressWarnings("unchecked") // the codec of its very class
  private static <T> void writeAs(TypedCodec<T> codec, Object value, JsonWriter out) {
    codec.write((T) value, out);
  }

  private static String key(@Nullable Object key) {
    MapKeys keys = key == null ? null : MapKeys.of(type(key));
    if (keys == null) {
      throw new UnencodablePayloadException(
          "a map key must be text, an enum constant, a UUID or a whole number", null);
    }
    return keys.write(key);
  }

  private static Class<?> type(Object key) {
    return key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
  }
}
