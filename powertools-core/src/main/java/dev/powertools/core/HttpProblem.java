// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a caller over HTTP is told of an exception of the toolkit that leaves the handler: a status
 * and a body of {@code application/problem+json} (RFC 9457) that holds this title and nothing of
 * the exception's message. Immutable.
 *
 * <p>Rendered for events of API Gateway, function URLs and load balancers, unless {@code
 * POWERTOOLS_HTTP_ERRORS} is {@code throw}; every other event gets the exception.
 *
 * @param status the HTTP status, 400 to 599
 * @param title what went wrong in words for the caller, the same each time
 * @param headers further response headers by name
 */
public record HttpProblem(int status, String title, Map<String, String> headers) {

  /**
   * Copies the headers.
   *
   * @throws IllegalArgumentException if the status is not that of an error
   */
  public HttpProblem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("Not the HTTP status of an error: " + status);
    }
    Objects.requireNonNull(title, "title");
    headers = Map.copyOf(headers);
  }

  /** Without further headers. */
  public HttpProblem(int status, String title) {
    this(status, title, Map.of());
  }

  /** The same with a further header. */
  public HttpProblem header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpProblem(status, title, more);
  }

  /** The same with {@code Retry-After}, in whole seconds, at least one. */
  public HttpProblem retryAfter(Duration delay) {
    long seconds = delay.plusMillis(999).toSeconds();
    return header("Retry-After", Long.toString(Math.max(1, seconds)));
  }
}
