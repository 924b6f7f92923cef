// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.event.EventView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a record holds in Base64; there may be none, as the value of a tombstone, and they may
 * be unreadable, which is told when somebody needs them. Immutable.
 */
final class RecordBytes {

  /** None. */
  static final RecordBytes NONE = new RecordBytes(null);

  /** Base64 that is none. */
  static final RecordBytes UNREADABLE = new RecordBytes(new byte[0]);

  private final byte @Nullable [] bytes;

  private RecordBytes(byte @Nullable [] bytes) {
    this.bytes = bytes;
  }

  /** The bytes of Base64. */
  static RecordBytes of(@Nullable String encoded) {
    if (encoded == null) {
      return NONE;
    }
    try {
      return new RecordBytes(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      return UNREADABLE;
    }
  }

  /** What remains in a buffer, which is left as it was. */
  static RecordBytes of(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return NONE;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return new RecordBytes(bytes);
  }

  /** The bytes themselves, for who does not change them. */
  byte @Nullable [] shared() {
    return bytes;
  }

  /** A copy. */
  Optional<byte[]> copy() {
    return Optional.ofNullable(bytes).map(byte[]::clone);
  }

  /** As UTF-8. */
  Optional<String> text() {
    return Optional.ofNullable(bytes).map(b -> new String(b, StandardCharsets.UTF_8));
  }

  /** In Base64. */
  @Nullable String encoded() {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  EventView view() {
    return EventView.of(bytes);
  }
}
