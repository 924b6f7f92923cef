// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;

/** Booleans. */
final class FlagPlan extends Plan {
  private final Class<?> type;

  FlagPlan(Class<?> type) {
    this.type = type;
  }

  @Override
  String expected() {
    return type.getName();
  }

  @Override
  boolean isRequired() {
    return type.isPrimitive();
  }

  @Override
  Object read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw mismatch(parser, null);
    };
  }
}
