// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 response, written in one piece so that no packet waits for another's ACK. Its length
 * is told by itself.
 *
 * <p>Not thread-safe.
 */
public final class HttpResponse {
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(400, "Bad Request"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(410, "Gone"),
          Map.entry(413, "Content Too Large"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"));

  private final int status;
  private final List<String> headers = new ArrayList<>();
  private final byte[] body;

  private HttpResponse(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** A response without headers yet. */
  public static HttpResponse of(int status, byte[] body) {
    return new HttpResponse(status, body);
  }

  /** A response of JSON in ASCII. */
  public static HttpResponse json(int status, String json) {
    return json(status, HttpRequest.ascii(json));
  }

  /** A response of JSON. */
  public static HttpResponse json(int status, byte[] json) {
    return of(status, json).header("Content-Type", "application/json");
  }

  /**
   * Adds a header unless its value is null.
   *
   * @throws IllegalArgumentException if name or value can't stand in a head
   */
  public HttpResponse header(String name, @Nullable String value) {
    if (value != null) {
      if (!Token.isToken(name) || !Token.isValue(value)) {
        throw new IllegalArgumentException("not a header: '" + name + "'");
      }
      headers.add(name + ": " + value);
    }
    return this;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** Writes all of it, or the head alone as the answer to {@code HEAD}. */
  void write(OutputStream out, boolean headOnly) throws IOException {
    boolean bodiless = status == 204 || status == 304 || status < 200;
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(REASONS.getOrDefault(status, ""));
    headers.forEach(header -> head.append("\r\n").append(header));
    if (!bodiless) {
      head.append("\r\nContent-Length: ").append(body.length);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + 4 + body.length);
    whole.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    if (!bodiless && !headOnly) {
      whole.write(body);
    }
    whole.writeTo(out);
    out.flush();
  }
}
