// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Parsers that agree on what JSON is: RFC 8259, at most 64 levels deep and 8 MB long. */
final class JsonParsers {
  static final int MAX_DEPTH = 64;
  static final int MAX_LENGTH = 8 * 1024 * 1024;
  private static final JsonFactory FACTORY = factory();

  private JsonParsers() {}

  /** A factory of parsers that refuse duplicate keys. */
  static JsonFactory strictFactory() {
    return JsonFactory.builder()
        .streamReadConstraints(constraints())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  /** A parser that leaves duplicate keys to the caller. */
  static JsonParser of(byte[] json, int offset, int length) throws IOException {
    checkLength(length);
    return FACTORY.createParser(json, offset, length);
  }

  /** A parser that leaves duplicate keys to the caller. */
  static JsonParser of(String json) throws IOException {
    checkLength(json.length());
    return FACTORY.createParser(json);
  }

  static void checkLength(int length) {
    if (length > MAX_LENGTH) {
      throw InvalidJsonException.overLimit(
          "JSON of " + length + " bytes is over the limit of " + MAX_LENGTH);
    }
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(constraints())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  private static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
  }
}
