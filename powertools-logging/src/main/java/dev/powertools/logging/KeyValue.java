// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a message that is a key of the line as well; made by {@link Logs#kv}. In the
 * message it stands as {@code key=value}. Nothing is asked of the value before a line is written.
 *
 * @param key the name
 * @param value any value
 */
public record KeyValue(String key, @Nullable Object value) {

  /** {@code key=value}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
