// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests of API Gateway (both payload formats), function URLs and load balancers. The span is
 * called by method and route, as the HTTP conventions say; the path itself would be a name for each
 * order.
 */
final class HttpFacts {

  private static final JsonPointer METHOD_1 = JsonPointer.of("/httpMethod");
  private static final JsonPointer METHOD_2 = JsonPointer.of("/requestContext/http/method");
  private static final JsonPointer PATH_1 = JsonPointer.of("/path");
  private static final JsonPointer PATH_2 = JsonPointer.of("/rawPath");
  private static final JsonPointer ROUTE_1 = JsonPointer.of("/resource");
  private static final JsonPointer ROUTE_2 = JsonPointer.of("/routeKey");
  private static final JsonPointer DOMAIN = JsonPointer.of("/requestContext/domainName");

  /** What RFC 9110 and RFC 5789 define, and the conventions take for known. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private HttpFacts() {}

  static @Nullable EventFacts read(EventView event) {
    boolean second = event.exists(METHOD_2);
    String method = event.text(second ? METHOD_2 : METHOD_1).orElse(null);
    if (method == null) {
      return null;
    }
    boolean known = METHODS.contains(method);
    AttributesBuilder attributes =
        Attributes.builder()
            .put(SemConv.TRIGGER, "http")
            .put(SemConv.METHOD, known ? method : "_OTHER")
            .put(SemConv.SCHEME, event.header("x-forwarded-proto").orElse("https"));
    if (!known) {
      attributes.put(SemConv.METHOD_ORIGINAL, method);
    }
    put(attributes, SemConv.PATH, event.text(second ? PATH_2 : PATH_1));
    put(attributes, SemConv.USER_AGENT, event.header("user-agent"));
    put(attributes, SemConv.SERVER, event.text(DOMAIN).or(() -> event.header("host")));
    String route = second ? route(event.text(ROUTE_2)) : event.text(ROUTE_1).orElse(null);
    put(attributes, SemConv.ROUTE, Optional.ofNullable(route));
    String name = known ? method : "HTTP";
    return new EventFacts(
        SpanKind.SERVER, route == null ? name : name + " " + route, attributes.build(), true, 0);
  }

  /** {@code GET /orders/{id}}, or {@code $default} where there are no routes. */
  private static @Nullable String route(Optional<String> key) {
    int at = key.map(text -> text.indexOf(' ')).orElse(-1);
    return at < 0 ? null : key.orElseThrow().substring(at + 1);
  }

  private static void put(
      AttributesBuilder attributes, AttributeKey<String> key, Optional<String> value) {
    value.ifPresent(text -> attributes.put(key, text));
  }
}
