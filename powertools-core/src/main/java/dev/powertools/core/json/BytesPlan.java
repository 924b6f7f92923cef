// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/** {@code byte[]} as Base64 (RFC 4648, section 4, with padding). */
final class BytesPlan extends Plan {
  @Override
  String expected() {
    return "Base64 text";
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.VALUE_STRING);
    String text = parser.getText();
    try {
      if (text.length() % 4 == 0) {
        return Base64.getDecoder().decode(text);
      }
    } catch (IllegalArgumentException e) {
      throw mismatch(parser, e);
    }
    throw mismatch(parser, null);
  }
}
