// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;

/** What an application load balancer sends. */
final class LoadBalancerJson {

  private final HttpParts parts;
  private final HttpEvent event;

  LoadBalancerJson(HttpParts parts, HttpEvent event) {
    this.parts = parts;
    this.event = event;
  }

  void write(JsonWriter json) {
    String target = event.arn("elasticloadbalancing", "targetgroup/function/6d0ecf831eec9f09");
    String body = parts.body();
    json.beginObject();
    json.name("requestContext").beginObject().name("elb").beginObject();
    json.name("targetGroupArn").value(target);
    json.endObject().endObject();
    json.name("httpMethod").value(parts.method());
    json.name("path").value(parts.path());
    if (event.settings.has(HttpEvent.MULTI_VALUE)) {
      json.name("multiValueQueryStringParameters").value(parts.allParameters());
      json.name("multiValueHeaders").value(parts.allHeaders());
    } else {
      json.name("queryStringParameters").value(parts.lastParameters());
      json.name("headers").value(parts.lastHeaders());
    }
    json.name("body").value(body == null ? "" : body);
    json.name("isBase64Encoded").value(parts.isBinary());
    json.endObject();
  }
}
