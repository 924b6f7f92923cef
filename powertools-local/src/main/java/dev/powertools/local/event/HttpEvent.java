// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as API Gateway (REST and HTTP APIs), a function URL or a load balancer hands it
 * to a function. What a source does not know is refused. Immutable: each method gives a new one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">API
 *     Gateway's payload formats</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">Function
 *     URLs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Load
 *     balancers</a>
 */
public final class HttpEvent extends ToldEvent<HttpEvent> {

  static final Setting<String> METHOD = new Setting<>();
  static final Setting<String> PATH = new Setting<>();
  static final Setting<String> QUERY = new Setting<>();
  static final Setting<List<HttpField>> HEADERS = new Setting<>();
  static final Setting<List<String>> COOKIES = new Setting<>();
  static final Setting<byte[]> BODY = new Setting<>();
  static final Setting<Kind> BODY_KIND = new Setting<>();
  static final Setting<String> ROUTE = new Setting<>();
  static final Setting<Map<String, String>> PATH_PARAMETERS = new Setting<>();
  static final Setting<Map<String, String>> STAGE_VARIABLES = new Setting<>();
  static final Setting<String> STAGE = new Setting<>();
  static final Setting<String> REQUEST_ID = new Setting<>();
  static final Setting<String> SOURCE_IP = new Setting<>();
  static final Setting<Caller> CALLER = new Setting<>();
  static final Setting<Boolean> MULTI_VALUE = new Setting<>();

  /** What the body was given as. */
  enum Kind {
    TEXT,
    JSON,
    BINARY
  }

  private final HttpFormat format;

  private HttpEvent(HttpFormat format, Settings settings) {
    super(settings);
    this.format = format;
  }

  static HttpEvent of(HttpFormat format, String method, String path) {
    if (!method.matches("[A-Z]+(-[A-Z]+)*")) {
      throw Refused.value("method", method, "methods are in capitals, such as GET");
    }
    if (!path.startsWith("/")) {
      throw Refused.value("path", path, "a path begins with '/'");
    }
    int query = path.indexOf('?');
    HttpEvent event =
        new HttpEvent(format, Settings.NONE)
            .with(METHOD, method)
            .with(PATH, query < 0 ? path : path.substring(0, query));
    return query < 0 ? event : event.rawQuery(path.substring(query + 1));
  }

  @Override
  HttpEvent with(Settings changed) {
    return new HttpEvent(format, changed);
  }

  /** Adds a header; several of one name are kept in their order. */
  public HttpEvent header(String name, String value) {
    return with(settings.adding(HEADERS, List.of(HttpField.header(name, value))));
  }

  /** Adds a cookie. */
  public HttpEvent cookie(String name, String value) {
    HttpField cookie = HttpField.header(name, value);
    return with(settings.adding(COOKIES, List.of(cookie.name() + "=" + cookie.value())));
  }

  /** Adds a query parameter, given as plain text; several of one name are kept in their order. */
  public HttpEvent query(String name, String value) {
    return rawQuery(HttpField.encoded(name) + "=" + HttpField.encoded(value));
  }

  private HttpEvent rawQuery(String more) {
    HttpField.decoded(more);
    String before = settings.or(QUERY, "");
    return with(QUERY, before.isEmpty() ? more : before + "&" + more);
  }

  /**
   * The body: text as it is, {@code byte[]} as binary (Base64), anything else as its JSON, with the
   * content type {@code application/json} unless a header says otherwise.
   */
  public HttpEvent body(Object body) {
    Kind kind =
        body instanceof byte[] ? Kind.BINARY : body instanceof CharSequence ? Kind.TEXT : Kind.JSON;
    return with(settings.with(BODY, Payload.bytes(body)).with(BODY_KIND, kind));
  }

  /**
   * The route that matched, such as {@code /orders/{id}} or {@code /{proxy+}}: it gives the path
   * parameters too. By default the path itself. API Gateway only.
   *
   * @throws IllegalArgumentException if the path does not match it
   */
  public HttpEvent route(String template) {
    requireApiGateway("route", template);
    HttpEvent changed = with(ROUTE, template);
    Map<String, String> parameters = HttpRoute.parameters(template, settings.or(PATH, "/"));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      changed = changed.pathParameter(parameter.getKey(), parameter.getValue());
    }
    return changed;
  }

  /** Adds a path parameter. API Gateway only; {@link #route} finds them by itself. */
  public HttpEvent pathParameter(String name, String value) {
    requireApiGateway("pathParameter", name);
    return with(settings.putting(PATH_PARAMETERS, name, value));
  }

  /** Adds a stage variable. API Gateway only. */
  public HttpEvent stageVariable(String name, String value) {
    requireApiGateway("stageVariable", name);
    return with(settings.putting(STAGE_VARIABLES, name, value));
  }

  /** The stage; {@code prod} of a REST API and {@code $default} of an HTTP API by default. */
  public HttpEvent stage(String name) {
    requireApiGateway("stage", name);
    return with(STAGE, name);
  }

  /** The request id of the context; by default one that follows from the request. */
  public HttpEvent requestId(String id) {
    if (format == HttpFormat.LOAD_BALANCER) {
      throw notOf("requestId", id);
    }
    return with(REQUEST_ID, Refused.blank("requestId", id, "leave it out to get one"));
  }

  /** The caller's address; {@code 192.0.2.1} by default. */
  public HttpEvent sourceIp(String address) {
    return with(SOURCE_IP, Refused.blank("sourceIp", address, "leave it out to get one"));
  }

  /**
   * The claims of the caller's token, as a JWT authorizer of an HTTP API or a user pool's
   * authorizer of a REST API hands them on: as text, lists too. API Gateway only.
   */
  public HttpEvent claims(Map<String, ? extends @Nullable Object> claims, String... scopes) {
    requireApiGateway("claims", claims.keySet());
    return with(CALLER, new Caller.Token(claims, List.of(scopes)));
  }

  /** What a Lambda authorizer returned as context. API Gateway only. */
  public HttpEvent authorizer(Map<String, ? extends @Nullable Object> context) {
    requireApiGateway("authorizer", context.keySet());
    return with(CALLER, new Caller.Lambda("user", context));
  }

  /** The caller of a signed request. Not of load balancers. */
  public HttpEvent iam(String userArn) {
    if (format == HttpFormat.LOAD_BALANCER) {
      throw notOf("iam", userArn);
    }
    if (!userArn.matches("arn:[a-z-]+:(iam|sts)::[0-9]{12}:.+")) {
      throw Refused.value("iam", userArn, "say who, as arn:aws:iam::123456789012:user/ada");
    }
    return with(CALLER, new Caller.Iam(userArn));
  }

  /** Hands on all values of a header or parameter and not just the last. Load balancers only. */
  public HttpEvent multiValueHeaders() {
    if (format != HttpFormat.LOAD_BALANCER) {
      throw notOf("multiValueHeaders", "on");
    }
    return with(MULTI_VALUE, true);
  }

  private void requireApiGateway(String option, Object value) {
    if (!format.isApiGateway()) {
      throw notOf(option, value);
    }
  }

  private IllegalArgumentException notOf(String option, Object value) {
    return Refused.value(
        option, value, "an event of " + format + " has no place for it; leave it out");
  }

  @Override
  void write(JsonWriter json) {
    HttpParts parts = new HttpParts(this, format);
    switch (format) {
      case REST_API -> new RestApiJson(parts, this).write(json);
      case HTTP_API, FUNCTION_URL -> new HttpApiJson(parts, this, format).write(json);
      case LOAD_BALANCER -> new LoadBalancerJson(parts, this).write(json);
    }
  }

  /** What a request id follows from. */
  String identity() {
    return Defaults.uuid(
        settings.or(METHOD, ""),
        settings.or(PATH, ""),
        settings.or(QUERY, ""),
        Arrays.hashCode(settings.or(BODY, new byte[0])),
        at());
  }
}
