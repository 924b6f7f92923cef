// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request, read whole: the subset of RFC 9112 that runtime clients speak (lengths,
 * chunks, {@code 100-continue}), with limits on everything.
 */
final class HttpRequest {
  private static final int MAX_LINE = 2 * 1024 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_BODY = 32 * 1024 * 1024;
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Reads the next request of a connection.
   *
   * @return null if the peer closed the connection between two requests
   * @throws ProtocolException if what comes isn't a request that we understand
   */
  static @Nullable HttpRequest read(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new ProtocolException("not a request line");
    }
    Map<String, String> headers = headers(in);
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write(CONTINUE);
      out.flush();
    }
    return new HttpRequest(parts[0], parts[1], headers, body(in, headers));
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** A header's value; names ignore case. */
  String header(String name, String absent) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), absent);
  }

  byte[] body() {
    return body;
  }

  boolean lastOfConnection() {
    return header("connection", "").equalsIgnoreCase("close");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = required(in); !line.isEmpty(); line = required(in)) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MAX_HEADERS) {
        throw new ProtocolException("malformed header, or more than " + MAX_HEADERS);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks(in);
    }
    return exactly(in, number(headers.getOrDefault("content-length", "0"), 10), MAX_BODY);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = number(required(in).replaceFirst(";.*", "").strip(), 16);
      if (size == 0) {
        headers(in);
        return body.toByteArray();
      }
      body.write(exactly(in, size, MAX_BODY - body.size()));
      if (!required(in).isEmpty()) {
        throw new ProtocolException("chunk longer than its size");
      }
    }
  }

  private static int number(String text, int radix) throws ProtocolException {
    try {
      return Integer.parseUnsignedInt(text, radix);
    } catch (NumberFormatException e) {
      throw new ProtocolException("not a length: '" + text + "'");
    }
  }

  private static byte[] exactly(InputStream in, int size, int limit) throws IOException {
    if (size < 0 || size > limit) {
      throw new ProtocolException("body over " + MAX_BODY + " bytes");
    }
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("connection closed within a body");
    }
    return bytes;
  }

  private static String required(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new EOFException("connection closed within a request");
    }
    return line;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return endOfInput(line);
      }
      if (line.size() == MAX_LINE) {
        throw new ProtocolException("line over " + MAX_LINE + " bytes");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static @Nullable String endOfInput(ByteArrayOutputStream line) throws EOFException {
    if (line.size() > 0) {
      throw new EOFException("connection closed within a line");
    }
    return null;
  }
}
