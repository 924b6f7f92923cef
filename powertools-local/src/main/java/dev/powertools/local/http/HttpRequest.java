// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request, read whole: what RFC 9112 asks of a server (lengths, chunks, {@code
 * 100-continue}, persistent connections), with limits on everything, and refusing what could be
 * read in two ways.
 *
 * <p>Immutable, but for the body's array.
 */
public final class HttpRequest {
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

  private final String method;
  private final String target;
  private final String version;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private HttpRequest(String[] line, Map<String, List<String>> headers, byte[] body) {
    this.method = line[0];
    this.target = originForm(line[1]);
    this.version = line[2];
    this.headers = headers;
    this.body = body;
  }

  /**
   * Reads the next request of a connection.
   *
   * @return null if the peer closed the connection between two requests
   * @throws IOException if the connection fails, or what comes isn't a request that we take
   */
  public static @Nullable HttpRequest read(InputStream in, OutputStream out, HttpLimits limits)
      throws IOException {
    HttpInput input = new HttpInput(in, limits);
    String line = input.line();
    if (line == null) {
      return null;
    }
    String[] parts = requestLine(line);
    Map<String, List<String>> headers = headers(input);
    requireUnambiguous(headers);
    if ("100-continue".equalsIgnoreCase(first(headers, "expect"))) {
      out.write(CONTINUE);
      out.flush();
    }
    return new HttpRequest(parts, headers, body(input, headers));
  }

  /** The method, as it came. */
  public String method() {
    return method;
  }

  /** The path without its query, as it came: still percent-encoded. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** What follows the question mark, as it came; empty if there is none. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** The protocol, such as {@code HTTP/1.1}. */
  public String version() {
    return version;
  }

  /** The headers: names in lower case and order, values as they came. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** A header's first value; names ignore case. */
  public String header(String name, String absent) {
    String value = first(headers, name.toLowerCase(Locale.ROOT));
    return value == null ? absent : value;
  }

  /** The body; empty if there is none. */
  public byte[] body() {
    return body;
  }

  boolean lastOfConnection() {
    String connection = header("connection", "");
    return version.equals("HTTP/1.0")
        ? !connection.equalsIgnoreCase("keep-alive")
        : connection.equalsIgnoreCase("close");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String[] requestLine(String line) throws HttpRefusal {
    String[] parts = line.split(" ", -1);
    boolean valid =
        parts.length == 3
            && Token.isToken(parts[0])
            && !parts[1].isEmpty()
            && parts[1].chars().allMatch(c -> c > ' ' && c < 127)
            && parts[2].startsWith("HTTP/1.");
    if (!valid) {
      throw new HttpRefusal(400, "not a request line");
    }
    return parts;
  }

  /** The path and query of {@code http://host/path}, as a client sends it to a proxy. */
  private static String originForm(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  private static Map<String, List<String>> headers(HttpInput in) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = in.requiredLine(); !line.isEmpty(); line = in.requiredLine()) {
      int colon = line.indexOf(':');
      if (colon < 1 || !Token.isToken(line.substring(0, colon))) {
        throw new HttpRefusal(400, "malformed header");
      }
      String value = line.substring(colon + 1).strip();
      if (!Token.isValue(value)) {
        throw new HttpRefusal(400, "control character in a header");
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(value);
    }
    return headers;
  }

  /** Two lengths, or a length and chunks, are how requests are smuggled past a front end. */
  private static void requireUnambiguous(Map<String, List<String>> headers) throws HttpRefusal {
    List<String> lengths = headers.getOrDefault("content-length", List.of());
    List<String> codings = headers.getOrDefault("transfer-encoding", List.of());
    if (lengths.stream().distinct().count() > 1 || (!lengths.isEmpty() && !codings.isEmpty())) {
      throw new HttpRefusal(400, "ambiguous length");
    }
    if (!codings.isEmpty()
        && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
      throw new HttpRefusal(501, "transfer encoding " + codings);
    }
  }

  private static byte[] body(HttpInput in, Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("transfer-encoding")) {
      return in.chunks();
    }
    String length = first(headers, "content-length");
    return length == null ? new byte[0] : in.body(HttpInput.number(length, 10));
  }

  private static @Nullable String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }
}
