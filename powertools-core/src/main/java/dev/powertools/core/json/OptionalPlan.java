// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/** {@code Optional}: its value, or null or nothing. */
final class OptionalPlan extends Plan {
  private final Plan value;

  OptionalPlan(Plan value) {
    this.value = value;
  }

  @Override
  String expected() {
    return value.expected();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    return Optional.ofNullable(value.read(parser));
  }

  @Override
  Object empty() {
    return Optional.empty();
  }

  @Override
  void write(Object optional, JsonWriter out) {
    value.writeOrNull(((Optional<?>) optional).orElse(null), out);
  }
}
