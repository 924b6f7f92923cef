// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that strings and bytes hold, perhaps in Base64 and gzip. Remembers the last one, since
 * several paths usually lead into the same text. Thread-safe.
 */
final class HeldJson {
  private static final int MAX_LENGTH = 8 * 1024 * 1024;

  private record Last(Object holder, boolean encoded, @Nullable Object value) {}

  private volatile @Nullable Last last;

  /** The value held, or null if there is none. */
  @Nullable Object in(Object holder, boolean encoded) {
    Last known = last;
    if (known != null && known.holder == holder && known.encoded == encoded) {
      return known.value;
    }
    Object value = read(holder, encoded);
    last = new Last(holder, encoded, value);
    return value;
  }

  private static @Nullable Object read(Object holder, boolean encoded) {
    try {
      if (holder instanceof CharSequence text) {
        return encoded ? ofBase64(text.toString()) : ofText(text.toString());
      }
      return ofBytes(
          holder instanceof ByteBuffer buffer ? EventValues.bytes(buffer) : (byte[]) holder);
    } catch (InvalidJsonException e) {
      if (e.isOverLimit()) {
        throw new EventViewException("the JSON it holds is over the limits: " + e.getMessage(), e);
      }
      return null;
    } catch (IOException e) {
      return null; // begins like gzip, but is not
    }
  }

  private static @Nullable Object ofText(String text) {
    checkLength(text.length());
    String json = text.strip();
    if (json.isEmpty() || "{[\"".indexOf(json.charAt(0)) < 0) {
      return null; // nothing to step into
    }
    Object value = JsonTree.read(json, Duplicates.MARK);
    return value instanceof String inner ? ofText(inner) : value;
  }

  private static @Nullable Object ofBase64(String text) throws IOException {
    checkLength(text.length());
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return ofText(text);
    }
    return ofBytes(bytes);
  }

  private static @Nullable Object ofBytes(byte[] bytes) throws IOException {
    byte[] json = isGzip(bytes) ? unpacked(bytes) : bytes;
    checkLength(json.length);
    return JsonTree.read(json, Duplicates.MARK);
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
  }

  private static byte[] unpacked(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readNBytes(MAX_LENGTH + 1);
    }
  }

  private static void checkLength(int length) {
    if (length > MAX_LENGTH) {
      throw new EventViewException(
          "text of more than " + MAX_LENGTH + " bytes is not stepped into");
    }
  }
}
