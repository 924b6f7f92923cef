// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

/** The forms in which an HTTP request reaches a function. */
enum HttpFormat {
  REST_API("API Gateway's REST API"),
  HTTP_API("API Gateway's HTTP API"),
  FUNCTION_URL("a function URL"),
  LOAD_BALANCER("a load balancer");

  private final String text;

  HttpFormat(String text) {
    this.text = text;
  }

  boolean isApiGateway() {
    return this == REST_API || this == HTTP_API;
  }

  @Override
  public String toString() {
    return text;
  }
}
