// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A multipart upload under way.
 *
 * @param key what it will be
 * @param kept the headers that the object will keep
 * @param parts by their numbers
 */
record S3Upload(String key, Map<String, String> kept, NavigableMap<Integer, S3Object> parts) {

  S3Upload(String key, Map<String, String> kept) {
    this(key, kept, new TreeMap<>());
  }

  /** The object made of the parts that the client lists. */
  S3Object complete(List<String> numbers) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (String number : numbers) {
      S3Object part = parts.get(Integer.valueOf(number));
      if (part == null) {
        throw S3Refusal.of(
            400, "InvalidPart", "One or more of the specified parts could not be found.");
      }
      whole.writeBytes(part.content());
    }
    return new S3Object(whole.toByteArray(), kept);
  }
}
