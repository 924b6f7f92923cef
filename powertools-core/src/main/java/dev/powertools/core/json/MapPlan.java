// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Map}, in the order of the payload. */
final class MapPlan extends Plan {
  private final MapKeys keys;
  private final Plan value;

  MapPlan(MapKeys keys, Plan value) {
    this.keys = keys;
    this.value = value;
  }

  @Override
  String expected() {
    return "an object of " + value.expected();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_OBJECT);
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Object key = keys.read(name);
      if (key == null) {
        throw new UndecodablePayloadException(
            pointer(parser), "a key of type " + keys.type().getName(), "another key", null);
      }
      parser.nextToken();
      map.put(key, value.readOrEmpty(parser));
    }
    return map;
  }

  @Override
  void write(Object map, JsonWriter out) {
    out.beginObject();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
      out.name(keys.write(entry.getKey()));
      value.writeOrNull(entry.getValue(), out);
    }
    out.endObject();
  }
}
