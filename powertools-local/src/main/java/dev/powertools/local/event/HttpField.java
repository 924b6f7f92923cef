// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A header or query parameter. */
record HttpField(String name, String value) {

  static HttpField header(String name, String value) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw Refused.value(
          "header name", name, "only letters, digits and !#$%&'*+-.^_`|~ are allowed");
    }
    if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw Refused.value("header " + name, value, "control characters are not allowed in values");
    }
    return new HttpField(name, value);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The parameters of a query, as plain text. */
  static List<HttpField> decoded(String query) {
    try {
      return fields(query).stream()
          .map(field -> new HttpField(plain(field.name), plain(field.value)))
          .toList();
    } catch (IllegalArgumentException e) {
      throw Refused.value("query", query, "'%' begins two hexadecimal digits, or is %25");
    }
  }

  /** The parameters of a query as they were sent. */
  static List<HttpField> fields(String query) {
    List<HttpField> fields = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        fields.add(new HttpField(part.substring(0, equals), part.substring(equals + 1)));
      } else if (!part.isEmpty()) {
        fields.add(new HttpField(part, ""));
      }
    }
    return fields;
  }

  private static String plain(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
