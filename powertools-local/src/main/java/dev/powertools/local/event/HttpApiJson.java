// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.util.List;

/** Payload format 2.0, as HTTP APIs and function URLs send it. */
final class HttpApiJson {

  private final HttpParts parts;
  private final HttpEvent event;
  private final Settings settings;
  private final boolean isUrl;

  HttpApiJson(HttpParts parts, HttpEvent event, HttpFormat format) {
    this.parts = parts;
    this.event = event;
    this.settings = event.settings;
    this.isUrl = format == HttpFormat.FUNCTION_URL;
  }

  void write(JsonWriter json) {
    List<String> cookies = settings.list(HttpEvent.COOKIES);
    json.beginObject();
    json.name("version").value("2.0");
    json.name("routeKey").value(routeKey());
    json.name("rawPath").value(parts.path());
    json.name("rawQueryString").value(parts.rawQuery());
    if (!cookies.isEmpty()) {
      json.name("cookies").value(cookies);
    }
    json.name("headers").value(parts.joinedHeaders());
    HttpParts.orNothing(json, "queryStringParameters", parts.joinedParameters());
    context(json.name("requestContext"));
    HttpParts.orNothing(json, "pathParameters", settings.map(HttpEvent.PATH_PARAMETERS));
    HttpParts.orNothing(json, "stageVariables", settings.map(HttpEvent.STAGE_VARIABLES));
    String body = parts.body();
    if (body != null) {
      json.name("body").value(body);
    }
    json.name("isBase64Encoded").value(parts.isBinary());
    json.endObject();
  }

  private String routeKey() {
    String route = settings.or(HttpEvent.ROUTE, parts.path());
    return isUrl || route.equals("$default") ? "$default" : parts.method() + " " + route;
  }

  private void context(JsonWriter json) {
    json.beginObject();
    json.name("accountId").value(isUrl ? "anonymous" : event.account());
    json.name("apiId").value(isUrl ? "url" : "api");
    authorizer(json);
    json.name("domainName").value(parts.host());
    json.name("domainPrefix").value(isUrl ? "url" : "api");
    json.name("http").beginObject();
    json.name("method").value(parts.method());
    json.name("path").value(parts.path());
    json.name("protocol").value("HTTP/1.1");
    json.name("sourceIp").value(parts.sourceIp());
    json.name("userAgent").value(parts.header("User-Agent"));
    json.endObject();
    json.name("requestId").value(parts.requestId());
    json.name("routeKey").value(routeKey());
    json.name("stage").value(settings.or(HttpEvent.STAGE, "$default"));
    json.name("time").value(parts.time());
    json.name("timeEpoch").value(event.at().toEpochMilli());
    json.endObject();
  }

  private void authorizer(JsonWriter json) {
    Caller caller = settings.get(HttpEvent.CALLER);
    if (caller instanceof Caller.Token token) {
      json.name("authorizer").beginObject().name("jwt").beginObject();
      json.name("claims").value(token.jwtClaims());
      json.name("scopes").value(token.scopes().isEmpty() ? null : token.scopes());
      json.endObject().endObject();
    } else if (caller instanceof Caller.Lambda lambda) {
      json.name("authorizer").beginObject().name("lambda").value(lambda.context()).endObject();
    } else if (caller instanceof Caller.Iam iam) {
      json.name("authorizer").beginObject();
      iam.write(json.name("iam"));
      json.endObject();
    }
  }
}
