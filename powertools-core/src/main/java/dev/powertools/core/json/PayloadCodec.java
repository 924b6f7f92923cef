// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.reflect.Type;

/**
 * Gives each payload type its codec. Ask once per type, at initialisation, and keep the answer:
 * what a type lacks is found here and not at the first message.
 *
 * <p>The {@linkplain #standard() standard} one reads and writes most types by itself and the rest
 * with Jackson databind. Implementations must be thread-safe.
 */
public interface PayloadCodec {
  /**
   * The codec of a type: a class, or a generic type such as the parameter of a handler method.
   *
   * @throws UnsupportedPayloadTypeException if there is none, naming the fix
   */
  TypedCodec<?> forType(Type type);

  /** The codec of a class. */
  @SuppressWarnings("unchecked") // a codec reads what it was asked for
  default <T> TypedCodec<T> forClass(Class<T> type) {
    return (TypedCodec<T>) forType(type);
  }

  /**
   * Strict and light: {@code String}, primitives and their boxes, {@code BigDecimal}, {@code
   * BigInteger}, enums, {@code UUID}, {@code java.time} as ISO-8601 text, {@code byte[]} as Base64,
   * {@code Object} as plain values ({@link JsonTree}), and records, {@code Optional}, {@code List},
   * {@code Collection}, {@code Set}, {@code Map} (with text, enum, UUID or integral keys) and
   * arrays of these, without reflection scans. Any other type, and whatever bears Jackson
   * annotations, goes to Jackson databind, if that is on the class path.
   *
   * <p>Unknown properties are ignored; a missing or null component is null, or empty if optional.
   * Refused are: another JSON type than the declared one ({@code "1"} or {@code 1.0} for an {@code
   * int}), numbers out of range, null or nothing for a primitive, duplicate keys, text behind the
   * value, more than 64 levels or 8 MB. NaN and infinities are the strings {@code NaN}, {@code
   * Infinity} and {@code -Infinity}.
   */
  static PayloadCodec standard() {
    return StandardCodec.INSTANCE;
  }
}
