// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Payload format 1.0, as REST APIs send it. */
final class RestApiJson {

  private final HttpParts parts;
  private final HttpEvent event;
  private final Settings settings;

  RestApiJson(HttpParts parts, HttpEvent event) {
    this.parts = parts;
    this.event = event;
    this.settings = event.settings;
  }

  void write(JsonWriter json) {
    json.beginObject();
    json.name("resource").value(resource());
    json.name("path").value(parts.path());
    json.name("httpMethod").value(parts.method());
    json.name("headers").value(parts.lastHeaders());
    json.name("multiValueHeaders").value(parts.allHeaders());
    HttpParts.orNull(json, "queryStringParameters", parts.lastParameters());
    HttpParts.orNull(json, "multiValueQueryStringParameters", parts.allParameters());
    HttpParts.orNull(json, "pathParameters", settings.map(HttpEvent.PATH_PARAMETERS));
    HttpParts.orNull(json, "stageVariables", settings.map(HttpEvent.STAGE_VARIABLES));
    context(json.name("requestContext"));
    json.name("body").value(parts.body());
    json.name("isBase64Encoded").value(parts.isBinary());
    json.endObject();
  }

  private String resource() {
    return settings.or(HttpEvent.ROUTE, parts.path());
  }

  private void context(JsonWriter json) {
    String stage = settings.or(HttpEvent.STAGE, "prod");
    json.beginObject();
    json.name("accountId").value(event.account());
    json.name("apiId").value("api");
    authorizer(json);
    json.name("domainName").value(parts.host());
    json.name("domainPrefix").value("api");
    json.name("extendedRequestId").value(Defaults.hex(15, parts.requestId()) + "=");
    json.name("httpMethod").value(parts.method());
    identity(json.name("identity"));
    json.name("path").value("/" + stage + parts.path());
    json.name("protocol").value("HTTP/1.1");
    json.name("requestId").value(parts.requestId());
    json.name("requestTime").value(parts.time());
    json.name("requestTimeEpoch").value(event.at().toEpochMilli());
    json.name("resourceId").value(Defaults.hex(6, resource()));
    json.name("resourcePath").value(resource());
    json.name("stage").value(stage);
    json.endObject();
  }

  private void authorizer(JsonWriter json) {
    Caller caller = settings.get(HttpEvent.CALLER);
    if (caller instanceof Caller.Token token) {
      json.name("authorizer").beginObject();
      json.name("claims").value(token.userPoolClaims());
      if (!token.scopes().isEmpty()) {
        json.name("scopes").value(token.scopes());
      }
      json.endObject();
    } else if (caller instanceof Caller.Lambda lambda) {
      json.name("authorizer").beginObject();
      json.name("principalId").value(lambda.principal());
      json.name("integrationLatency").value(1);
      lambda.context().forEach((name, value) -> json.name(name).value(text(value)));
      json.endObject();
    }
  }

  /** REST APIs hand the context of an authorizer on as text. */
  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private void identity(JsonWriter json) {
    Caller.Iam iam = settings.get(HttpEvent.CALLER) instanceof Caller.Iam signed ? signed : null;
    json.beginObject();
    json.name("accessKey").value(iam == null ? null : Caller.Iam.ACCESS_KEY);
    json.name("accountId").value(iam == null ? null : iam.account());
    json.name("caller").value(iam == null ? null : Caller.Iam.CALLER);
    json.name("cognitoAuthenticationProvider").nullValue();
    json.name("cognitoAuthenticationType").nullValue();
    json.name("cognitoIdentityId").nullValue();
    json.name("cognitoIdentityPoolId").nullValue();
    json.name("principalOrgId").nullValue();
    json.name("sourceIp").value(parts.sourceIp());
    json.name("user").value(iam == null ? null : Caller.Iam.CALLER);
    json.name("userAgent").value(parts.header("User-Agent"));
    json.name("userArn").value(iam == null ? null : iam.userArn());
    json.endObject();
  }
}
