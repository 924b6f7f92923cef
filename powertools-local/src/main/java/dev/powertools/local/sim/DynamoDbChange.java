// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One change of an item; attributes in the order of their names, which DynamoDB leaves open. */
record DynamoDbChange(
    String eventName,
    Map<String, ?> keys,
    @Nullable Map<String, ?> newImage,
    @Nullable Map<String, ?> oldImage) {

  DynamoDbChange {
    if (keys.isEmpty() || keys.size() > 2) {
      throw new IllegalArgumentException(
          "keys is '" + keys + "': expected a partition key, and a sort key if the table has one");
    }
    keys = sorted(keys);
    newImage = newImage == null ? null : sorted(newImage);
    oldImage = oldImage == null ? null : sorted(oldImage);
  }

  private static Map<String, ?> sorted(Map<String, ?> attributes) {
    return Collections.unmodifiableMap(new TreeMap<String, Object>(attributes));
  }
}
