// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What the forms of a request have in common, worked out. */
final class HttpParts {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final HttpEvent event;
  private final Settings settings;
  private final HttpFormat format;
  private final List<HttpField> headers;

  HttpParts(HttpEvent event, HttpFormat format) {
    this.event = event;
    this.settings = event.settings;
    this.format = format;
    this.headers = headers();
  }

  String method() {
    return settings.or(HttpEvent.METHOD, "GET");
  }

  String path() {
    return settings.or(HttpEvent.PATH, "/");
  }

  String rawQuery() {
    return settings.or(HttpEvent.QUERY, "");
  }

  String sourceIp() {
    return settings.or(HttpEvent.SOURCE_IP, "192.0.2.1");
  }

  String requestId() {
    return settings.or(HttpEvent.REQUEST_ID, event.identity());
  }

  String time() {
    return TIME.format(event.at());
  }

  String host() {
    String region = event.region();
    return switch (format) {
      case REST_API, HTTP_API -> "api." + "execute-api." + region + ".amazonaws.com";
      case FUNCTION_URL -> "url.lambda-url." + region + ".on.aws";
      case LOAD_BALANCER -> "shop." + region + ".elb.amazonaws.com";
    };
  }

  /** The last value of a header, or null. */
  @Nullable String header(String name) {
    String found = null;
    for (HttpField field : headers) {
      found = field.name().equalsIgnoreCase(name) ? field.value() : found;
    }
    return found;
  }

  private List<HttpField> headers() {
    List<HttpField> all = new ArrayList<>(settings.list(HttpEvent.HEADERS));
    byte[] body = settings.get(HttpEvent.BODY);
    addIfAbsent(all, "Host", host());
    addIfAbsent(all, "User-Agent", "curl/8.5.0");
    addIfAbsent(all, "X-Forwarded-For", sourceIp());
    addIfAbsent(all, "X-Forwarded-Port", "443");
    addIfAbsent(all, "X-Forwarded-Proto", "https");
    if (body != null) {
      addIfAbsent(all, "Content-Length", "" + body.length);
    }
    if (settings.get(HttpEvent.BODY_KIND) == HttpEvent.Kind.JSON) {
      addIfAbsent(all, "Content-Type", "application/json");
    }
    return withCookies(all);
  }

  /** Only format 2.0 has a place of its own for cookies. */
  private List<HttpField> withCookies(List<HttpField> all) {
    List<String> cookies = settings.list(HttpEvent.COOKIES);
    if (!cookies.isEmpty() && (format == HttpFormat.REST_API || isLoadBalancer())) {
      all.add(new HttpField("Cookie", String.join("; ", cookies)));
    }
    return format == HttpFormat.REST_API ? all : all.stream().map(HttpParts::lowered).toList();
  }

  private boolean isLoadBalancer() {
    return format == HttpFormat.LOAD_BALANCER;
  }

  private static HttpField lowered(HttpField field) {
    return new HttpField(field.name().toLowerCase(Locale.ROOT), field.value());
  }

  private static void addIfAbsent(List<HttpField> all, String name, String value) {
    if (all.stream().noneMatch(field -> field.name().equalsIgnoreCase(name))) {
      all.add(new HttpField(name, value));
    }
  }

  Map<String, String> lastHeaders() {
    return single(headers, (one, other) -> other);
  }

  Map<String, String> joinedHeaders() {
    return single(headers, (one, other) -> one + "," + other);
  }

  Map<String, List<String>> allHeaders() {
    return several(headers);
  }

  /** As plain text, but as they were sent from a load balancer, which decodes nothing. */
  private List<HttpField> parameters() {
    return isLoadBalancer() ? HttpField.fields(rawQuery()) : HttpField.decoded(rawQuery());
  }

  Map<String, String> lastParameters() {
    return single(parameters(), (one, other) -> other);
  }

  Map<String, String> joinedParameters() {
    return single(parameters(), (one, other) -> one + "," + other);
  }

  Map<String, List<String>> allParameters() {
    return several(parameters());
  }

  private static Map<String, String> single(
      List<HttpField> fields, BinaryOperator<String> merging) {
    Map<String, String> single = new LinkedHashMap<>();
    fields.forEach(field -> single.merge(field.name(), field.value(), merging));
    return single;
  }

  private static Map<String, List<String>> several(List<HttpField> fields) {
    Map<String, List<String>> several = new LinkedHashMap<>();
    fields.forEach(
        field -> several.computeIfAbsent(field.name(), n -> new ArrayList<>()).add(field.value()));
    return several;
  }

  @Nullable String body() {
    byte[] body = settings.get(HttpEvent.BODY);
    if (body == null) {
      return null;
    }
    return isBinary()
        ? Base64.getEncoder().encodeToString(body)
        : new String(body, StandardCharsets.UTF_8);
  }

  boolean isBinary() {
    return settings.get(HttpEvent.BODY_KIND) == HttpEvent.Kind.BINARY;
  }

  /** A member that is null if there is nothing in it. */
  static void orNull(JsonWriter json, String name, Map<String, ?> map) {
    json.name(name).value(map.isEmpty() ? null : map);
  }

  /** A member that is left out if there is nothing in it. */
  static void orNothing(JsonWriter json, String name, Map<String, ?> map) {
    if (!map.isEmpty()) {
      json.name(name).value(map);
    }
  }
}
