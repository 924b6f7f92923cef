// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says of a message. Immutable.
 *
 * @param attributes sorted by name, as the digest needs them
 * @param delaySeconds null for the queue's own
 */
record SqsOutgoing(
    String body,
    Map<String, SqsAttribute> attributes,
    @Nullable String traceHeader,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable Integer delaySeconds) {

  SqsOutgoing {
    attributes = new TreeMap<>(attributes);
  }

  /** What counts towards the limit: body, and attribute names, types and values, in UTF-8. */
  long size() {
    long size = utf8(body);
    for (Map.Entry<String, SqsAttribute> attribute : attributes.entrySet()) {
      size += utf8(attribute.getKey()) + utf8(attribute.getValue().type());
      size += attribute.getValue().bytes().length;
    }
    return size;
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
