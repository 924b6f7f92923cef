// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes payloads of one type as UTF-8 JSON. Thread-safe.
 *
 * @param <T> the type
 */
public interface TypedCodec<T> {
  /** The type that the codec was made for. */
  Type type();

  /**
   * Reads one document.
   *
   * @throws UndecodablePayloadException if it is not JSON or not of the type
   * @throws UnsupportedPayloadTypeException if the type turns out to be one that cannot be read,
   *     such as an interface; no payload is to blame then
   */
  @Nullable T read(byte[] json, int offset, int length);

  /** As {@link #read(byte[], int, int)}, of a whole array. */
  default @Nullable T read(byte[] json) {
    return read(json, 0, json.length);
  }

  /**
   * Writes one value; the writer is as it was if that fails.
   *
   * @throws UnencodablePayloadException if an accessor throws, or it is nested too deeply
   */
  void write(@Nullable T value, JsonWriter out);

  /** As {@link #write(Object, JsonWriter)}, to an array of its own. */
  default byte[] write(@Nullable T value) {
    JsonWriter out = new JsonWriter();
    write(value, out);
    return out.toByteArray();
  }
}
