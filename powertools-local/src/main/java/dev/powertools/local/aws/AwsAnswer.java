// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A service's answer as it stands on the wire. Immutable, but for the array of the body. */
public final class AwsAnswer {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** An answer, with its body's array as it is. */
  public AwsAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** An answer of a service that speaks JSON. */
  public static AwsAnswer json(int status, String body) {
    return new AwsAnswer(
        status,
        Map.of("Content-Type", "application/x-amz-json-1.0"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The headers. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body; not to be changed. */
  public byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return status + " " + new String(body, StandardCharsets.UTF_8);
  }
}
