// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of an item in a DynamoDB table. Immutable, if its items are.
 *
 * @param kind what was done
 * @param keys the item's key attributes by name, as text: numbers in their notation, binary in
 *     Base64
 * @param before the item before it, if there was one and the stream has old images
 * @param after the item after it, if there is one and the stream has new images
 * @param <T> what items are read as
 */
public record Change<T>(
    Kind kind, Map<String, String> keys, @Nullable T before, @Nullable T after) {

  /** What is done to items. */
  public enum Kind {
    /** A new item. */
    INSERT,
    /** Other attributes. */
    MODIFY,
    /** The item is gone. */
    REMOVE
  }

  /** Copies the keys, in their order. */
  public Change {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /**
   * The item as it is last known: after the change, or before it was removed.
   *
   * @throws IllegalStateException if the stream has no images of items
   */
  public T item() {
    T item = after == null ? before : after;
    if (item == null) {
      throw new IllegalStateException(
          "The change of "
              + keys.keySet()
              + " holds no image of the item. Set the StreamViewType of the table to"
              + " NEW_AND_OLD_IMAGES.");
    }
    return item;
  }
}
