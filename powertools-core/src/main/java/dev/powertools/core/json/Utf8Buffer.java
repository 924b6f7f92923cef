// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growable byte array that knows UTF-8 and the escapes of JSON strings; confined to one thread.
 */
final class Utf8Buffer {
  private static final int INITIAL_BYTES = 128;
  private static final int RETAINED_BYTES = 64 * 1024;
  private static final int CHUNK_CHARS = 256;
  private static final int LONGEST_ESCAPE = 6;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] MIN_LONG = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

  /** Which ASCII characters stand for themselves inside a JSON string. */
  private static final boolean[] PLAIN = plain();

  private char[] chunk = {}; // an array is quicker to go through; grows, most texts are short
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    Arrays.fill(plain, 0x20, 0x7F, true);
    plain['"'] = false;
    plain['\\'] = false;
    return plain;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  byte at(int index) {
    return bytes[index];
  }

  void truncate(int newSize) {
    size = newSize;
  }

  /** Empties the buffer, and gives memory back if one large value had made it grow. */
  void clear() {
    size = 0;
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
  }

  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  @SuppressWarnings("deprecation") // copies the low bytes: exact and fastest for ASCII
  void ascii(String text) {
    int length = text.length();
    reserve(length);
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  void append(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  void decimal(long value) {
    if (value == Long.MIN_VALUE) {
      append(MIN_LONG, 0, MIN_LONG.length);
      return;
    }
    reserve(MIN_LONG.length);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int end = size + digits(rest);
    for (int at = end; at > size; rest /= 10) {
      bytes[--at] = (byte) ('0' + rest % 10);
    }
    size = end;
  }

  private static int digits(long positive) {
    int digits = 1;
    for (long rest = positive; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** The first {@code end} characters, escaped as the inside of a JSON string. */
  void escaped(CharSequence text, int end) {
    for (int from = 0; from < end; ) {
      int to = fill(text, from, end);
      escaped(to - from);
      from = to;
    }
  }

  /** Takes the next characters into the chunk, whole surrogate pairs, and returns their end. */
  private int fill(CharSequence text, int from, int end) {
    int to = Math.min(end, from + CHUNK_CHARS);
    if (chunk.length < to - from) {
      chunk = new char[Math.min(CHUNK_CHARS, Math.max(2 * chunk.length, to - from))];
    }
    if (to < end && Character.isHighSurrogate(text.charAt(to - 1))) {
      to--;
    }
    if (text instanceof String string) {
      string.getChars(from, to, chunk, 0);
    } else {
      ((StringBuilder) text).getChars(from, to, chunk, 0);
    }
    return to;
  }

  private void escaped(int count) {
    int at = 0;
    while ((at = plainRun(at, count)) < count) {
      at = special(at, count);
    }
  }

  private int plainRun(int from, int end) {
    reserve(end - from);
    byte[] target = bytes;
    char[] source = chunk;
    int to = size;
    int at = from;
    while (at < end) {
      char c = source[at];
      if (c >= 128 || !PLAIN[c]) {
        break;
      }
      target[to++] = (byte) c;
      at++;
    }
    size = to;
    return at;
  }

  private int special(int at, int end) {
    char c = chunk[at];
    if (c < 0xA0) { // quote, backslash, C0, DEL and C1 (which holds NEL, a line end to some)
      escape(c);
      return at + 1;
    }
    return beyondAscii(at, end);
  }

  /**
   * JSON text as it is, but on one line: inside JSON, a raw line end can only be white space, and
   * U+2028 and U+2029 only part of a string.
   */
  void raw(String json) {
    for (int from = 0; from < json.length(); ) {
      int to = fill(json, from, json.length());
      raw(to - from);
      from = to;
    }
  }

  private void raw(int count) {
    int at = 0;
    while (at < count) {
      char c = chunk[at];
      if (c < 0x80) {
        ascii(oneLine(c));
        at++;
      } else {
        at = beyondAscii(at, count);
      }
    }
  }

  void raw(byte[] json) {
    reserve(json.length);
    for (byte b : json) {
      bytes[size++] = b < 0 ? b : (byte) oneLine((char) b);
    }
  }

  private static char oneLine(char c) {
    return c == '\n' || c == '\r' ? ' ' : c;
  }

  /**
   * Writes the chunk's character at {@code at}, which is not ASCII, and returns where the next
   * begins.
   */
  private int beyondAscii(int at, int end) {
    char c = chunk[at];
    reserve(LONGEST_ESCAPE);
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
      continuation(c);
    } else if (c == '\u2028' || c == '\u2029') {
      escape(c);
    } else if (!Character.isSurrogate(c)) {
      threeBytes(c);
    } else if (at + 1 < end && Character.isSurrogatePair(c, chunk[at + 1])) {
      fourBytes(Character.toCodePoint(c, chunk[at + 1]));
      return at + 2;
    } else {
      threeBytes('\uFFFD');
    }
    return at + 1;
  }

  static boolean pairBegins(CharSequence text, int at, int end) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < end
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private void threeBytes(char c) {
    bytes[size++] = (byte) (0xE0 | (c >> 12));
    continuation(c >> 6);
    continuation(c);
  }

  private void fourBytes(int codePoint) {
    bytes[size++] = (byte) (0xF0 | (codePoint >> 18));
    continuation(codePoint >> 12);
    continuation(codePoint >> 6);
    continuation(codePoint);
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3F));
  }

  private void escape(char c) {
    reserve(LONGEST_ESCAPE);
    bytes[size++] = '\\';
    char letter = letter(c);
    if (letter != 0) {
      bytes[size++] = (byte) letter;
      return;
    }
    bytes[size++] = 'u';
    bytes[size++] = HEX[c >> 12];
    bytes[size++] = HEX[c >> 8 & 0xF];
    bytes[size++] = HEX[c >> 4 & 0xF];
    bytes[size++] = HEX[c & 0xF];
  }

  private static char letter(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case '\b' -> 'b';
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\f' -> 'f';
      case '\r' -> 'r';
      default -> 0;
    };
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long needed = (long) size + more;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException("JSON of more than 2 GB; write less or set JsonLimits");
      }
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}
