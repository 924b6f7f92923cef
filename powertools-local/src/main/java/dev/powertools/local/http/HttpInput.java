// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of one request, counted against its limits. Confined to its connection's thread. */
final class HttpInput {
  private final InputStream in;
  private final HttpLimits limits;
  private int head;

  HttpInput(InputStream in, HttpLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** The next line of the head without its end; null if the connection ends before it. */
  @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return endOfInput(line);
      }
      if (++head > limits.headBytes()) {
        throw new HttpRefusal(431, "request line and headers over " + limits.headBytes());
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** As {@link #line()}, within a request. */
  String requiredLine() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("connection closed within a request");
    }
    return line;
  }

  byte[] body(int size) throws IOException {
    requireRoom(size, 0);
    return exactly(size);
  }

  byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = requiredLine();
      int extension = line.indexOf(';');
      int size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size == 0) {
        skipTrailers();
        return body.toByteArray();
      }
      requireRoom(size, body.size());
      body.write(exactly(size));
      if (!requiredLine().isEmpty()) {
        throw new HttpRefusal(400, "chunk longer than its size");
      }
    }
  }

  static int number(String text, int radix) throws HttpRefusal {
    try {
      if (!text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0) {
        long number = Long.parseLong(text, radix);
        return (int) Math.min(number, Integer.MAX_VALUE);
      }
    } catch (NumberFormatException e) {
      throw new HttpRefusal(400, "not a length: '" + text + "'");
    }
    throw new HttpRefusal(400, "not a length: '" + text + "'");
  }

  private void skipTrailers() throws IOException {
    while (!requiredLine().isEmpty()) {
      // Nobody asked for trailers.
    }
  }

  private void requireRoom(int size, int taken) throws HttpRefusal {
    if (size > limits.bodyBytes() - taken) {
      throw new HttpRefusal(413, "body over " + limits.bodyBytes() + " bytes");
    }
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("connection closed within a body");
    }
    return bytes;
  }

  private static @Nullable String endOfInput(ByteArrayOutputStream line) throws EOFException {
    if (line.size() > 0) {
      throw new EOFException("connection closed within a line");
    }
    return null;
  }
}
