// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** {@code List} and {@code Collection} as array lists, {@code Set} in the order of the payload. */
final class CollectionPlan extends Plan {
  private final Plan element;
  private final boolean set;

  CollectionPlan(Plan element, boolean set) {
    this.element = element;
    this.set = set;
  }

  @Override
  String expected() {
    return "an array of " + element.expected();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_ARRAY);
    Collection<@Nullable Object> elements = set ? new LinkedHashSet<>() : new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.readOrEmpty(parser));
    }
    return elements;
  }

  @Override
  void write(Object collection, JsonWriter out) {
    out.beginArray();
    for (Object value : (Collection<?>) collection) {
      element.writeOrNull(value, out);
    }
    out.endArray();
  }
}
