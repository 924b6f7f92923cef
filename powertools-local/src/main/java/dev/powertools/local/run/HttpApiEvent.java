// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.json.JsonWriter;
import dev.powertools.local.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event that an HTTP API of API Gateway makes of a request, payload format 2.0, on the {@code
 * $default} route and stage.
 *
 * <p>As it is there: {@code rawPath} comes decoded and {@code rawQueryString} doesn't; repeated
 * headers and parameters are joined by commas; cookies are a list and no header; a body that isn't
 * declared as text is base64, and a form counts as such.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Lambda
 *     integrations of HTTP APIs</a>
 */
final class HttpApiEvent {
  private static final String LOCALHOST = "127.0.0.1";

  private final HttpRequest request;
  private final int port;
  private final String requestId;
  private final String traceId;
  private final Instant at;

  HttpApiEvent(HttpRequest request, int port, String requestId, String traceId, Instant at) {
    this.request = request;
    this.port = port;
    this.requestId = requestId;
    this.traceId = traceId;
    this.at = at;
  }

  /**
   * The event's JSON.
   *
   * @throws IllegalArgumentException if the path's percent-encoding is broken
   */
  byte[] json() {
    String path = PercentEncoding.path(request.path());
    JsonWriter json = new JsonWriter().beginObject();
    json.name("version").value("2.0");
    json.name("routeKey").value("$default");
    json.name("rawPath").value(path);
    json.name("rawQueryString").value(request.query());
    cookies(json);
    json.name("headers").value((Object) headers());
    Map<String, String> query = PercentEncoding.query(request.query());
    if (!query.isEmpty()) {
      json.name("queryStringParameters").value((Object) query);
    }
    context(json.name("requestContext"), path);
    body(json);
    return json.endObject().toByteArray();
  }

  private void cookies(JsonWriter json) {
    List<String> cookies = new ArrayList<>();
    for (String line : request.headers().getOrDefault("cookie", List.of())) {
      for (String cookie : line.split(";", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    if (!cookies.isEmpty()) {
      json.name("cookies").value((Object) cookies);
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.remove("cookie");
    headers.remove("transfer-encoding");
    headers.put("content-length", "" + request.body().length);
    headers.put("x-amzn-trace-id", traceId);
    headers.putIfAbsent("x-forwarded-for", LOCALHOST);
    headers.putIfAbsent("x-forwarded-port", "" + port);
    headers.putIfAbsent("x-forwarded-proto", "http");
    return headers;
  }

  private void context(JsonWriter json, String path) {
    String host = request.header("host", "localhost:" + port);
    json.beginObject();
    json.name("accountId").value("000000000000");
    json.name("apiId").value("local");
    json.name("domainName").value(host);
    json.name("domainPrefix").value(host.replaceFirst("[.:].*", ""));
    json.name("http").beginObject();
    json.name("method").value(request.method());
    json.name("path").value(path);
    json.name("protocol").value(request.version());
    json.name("sourceIp").value(LOCALHOST);
    json.name("userAgent").value(request.header("user-agent", ""));
    json.endObject();
    json.name("requestId").value(requestId);
    json.name("routeKey").value("$default");
    json.name("stage").value("$default");
    json.name("time").value(commonLogTime());
    json.name("timeEpoch").value(at.toEpochMilli());
    json.endObject();
  }

  private String commonLogTime() {
    return DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
        .format(at.atZone(ZoneOffset.UTC));
  }

  private void body(JsonWriter json) {
    if (request.body().length > 0) {
      String text = isText() ? utf8(request.body()) : null;
      json.name("body")
          .value(text == null ? Base64.getEncoder().encodeToString(request.body()) : text);
      json.name("isBase64Encoded").value(text == null);
    } else {
      json.name("isBase64Encoded").value(false);
    }
  }

  private boolean isText() {
    if (request.headers().containsKey("content-encoding")) {
      return false;
    }
    String type = request.header("content-type", "text/plain").replaceFirst(";.*", "").strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/json", "application/xml", "application/javascript" -> true;
      default -> type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+xml");
    };
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
