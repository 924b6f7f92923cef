// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays, of primitives too. */
final class ArrayPlan extends Plan {
  private final Class<?> componentType;
  private final Plan element;

  ArrayPlan(Class<?> componentType, Plan element) {
    this.componentType = componentType;
    this.element = element;
  }

  @Override
  String expected() {
    return "an array of " + element.expected();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_ARRAY);
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.readOrEmpty(parser));
    }
    Object array = Array.newInstance(componentType, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }

  @Override
  void write(Object array, JsonWriter out) {
    out.beginArray();
    for (int i = 0; i < Array.getLength(array); i++) {
      element.writeOrNull(Array.get(array, i), out);
    }
    out.endArray();
  }
}
