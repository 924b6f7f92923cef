// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 response, written in one piece so that no packet waits for another's ACK. */
final class HttpResponse {
  private static final Map<Integer, String> REASONS =
      Map.of(200, "OK", 202, "Accepted", 400, "Bad Request", 404, "Not Found", 410, "Gone");

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final byte[] body;

  private HttpResponse(int status, byte[] body) {
    this.status = status;
    this.body = body;
    header("Content-Type", "application/json");
    header("Content-Length", Integer.toString(body.length));
  }

  static HttpResponse of(int status, byte[] body) {
    return new HttpResponse(status, body);
  }

  static HttpResponse of(int status, String json) {
    return new HttpResponse(status, HttpRequest.ascii(json));
  }

  /** Adds a header unless its value is null. */
  HttpResponse header(String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(REASONS.getOrDefault(status, ""));
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + 4 + body.length);
    whole.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    whole.write(body);
    whole.writeTo(out);
    out.flush();
  }
}
