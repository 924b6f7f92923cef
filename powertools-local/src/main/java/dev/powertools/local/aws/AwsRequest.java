// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A request as the AWS SDK puts it on the wire. Immutable, but for the array of the body. */
public final class AwsRequest {

  private final String service;
  private final String operation;
  private final SdkHttpRequest http;
  private final byte[] body;

  /** A request, with its body's array as it is. */
  public AwsRequest(String service, String operation, SdkHttpRequest http, byte[] body) {
    this.service = service;
    this.operation = operation;
    this.http = http;
    this.body = body;
  }

  /** The service's signing name, such as {@code sqs}. */
  public String service() {
    return service;
  }

  /** The operation, such as {@code SendMessage}. */
  public String operation() {
    return operation;
  }

  /** Method, address and headers. */
  public SdkHttpRequest http() {
    return http;
  }

  /** The body; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return service + "." + operation;
  }
}
