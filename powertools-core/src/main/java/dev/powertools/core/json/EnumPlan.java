// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Enum constants by their name. */
final class EnumPlan extends Plan {
  private final String type;
  private final Map<String, Object> constants = new HashMap<>();

  EnumPlan(Class<?> type) {
    this.type = type.getName();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
  }

  @Override
  String expected() {
    return type;
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.VALUE_STRING);
    Object constant = constants.get(parser.getText());
    if (constant == null) {
      throw mismatch(parser, null);
    }
    return constant;
  }
}
