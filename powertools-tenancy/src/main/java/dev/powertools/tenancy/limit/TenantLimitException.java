// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.Disposition;
import dev.powertools.core.Failures;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import java.time.Duration;
import java.util.Optional;

/**
 * A tenant has used up what it may have for now, so a call was not begun. A caller over HTTP gets a
 * 429, and a record is delivered again after {@link #retryAfter()}, without a failed attempt.
 */
public final class TenantLimitException extends PowertoolsException {

  private static final int TOO_MANY_REQUESTS = 429;

  private static final long serialVersionUID = 1L;

  /** Which limit was reached. */
  public enum Limit {
    /** {@link TenantRateLimit}: calls in a period. */
    RATE,
    /** {@link TenantBulkhead}: calls at once. */
    CONCURRENCY
  }

  private final String resource;
  private final Limit limit;
  private final Duration retryAfter;

  TenantLimitException(String resource, Limit limit, Duration retryAfter) {
    super(
        "The tenant has reached its limit of "
            + (limit == Limit.RATE ? "calls in a period" : "calls at once")
            + " for "
            + resource
            + ". Try again after "
            + retryAfter
            + ".");
    this.resource = resource;
    this.limit = limit;
    this.retryAfter = retryAfter;
  }

  /** What is limited. */
  public String resource() {
    return resource;
  }

  /** Which limit was reached. */
  public Limit limit() {
    return limit;
  }

  /** After what time another try may succeed; positive. */
  public Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public Disposition disposition() {
    return Disposition.WAIT;
  }

  @Override
  public Failures.Verdict verdict() {
    return new Failures.Verdict(Disposition.WAIT, Optional.of(retryAfter));
  }

  /** 429, Too Many Requests (RFC 6585, section 4), with {@code Retry-After}. */
  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(
        new HttpProblem(TOO_MANY_REQUESTS, "Too many requests").retryAfter(retryAfter));
  }
}
