// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

/**
 * How much a {@link JsonWriter} writes of what it is given, so that one large value cannot fill a
 * log.
 *
 * @param maxStringChars longest string or key, in UTF-16 units, at least 32; the rest of a string
 *     is replaced by a mark such as {@code …[truncated 42 chars]}, that of a key by {@code …}
 * @param maxValueBytes after how many bytes of one {@link JsonWriter#value(Object)} no further
 *     element or entry is begun; a mark takes their place
 */
public record JsonLimits(int maxStringChars, int maxValueBytes) {
  private static final int MIN_STRING_CHARS = 32; // room for marks and suffixes
  private static final JsonLimits NONE = new JsonLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
  private static final JsonLimits FOR_LOGS = new JsonLimits(32 * 1024, 128 * 1024);

  public JsonLimits {
    if (maxStringChars < MIN_STRING_CHARS || maxValueBytes < 1) {
      throw new IllegalArgumentException(
          "maxStringChars must be at least "
              + MIN_STRING_CHARS
              + " and maxValueBytes positive: maxStringChars="
              + maxStringChars
              + ", maxValueBytes="
              + maxValueBytes);
    }
  }

  /** No limits: what is written is written whole. */
  public static JsonLimits none() {
    return NONE;
  }

  /** 32768 characters a string, 131072 bytes a value. */
  public static JsonLimits forLogs() {
    return FOR_LOGS;
  }
}
