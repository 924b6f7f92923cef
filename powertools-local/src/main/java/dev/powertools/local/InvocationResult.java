// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation returned: the response's bytes, or the error as Lambda reports it.
 *
 * <p>Immutable, but for the array that {@link #payload()} hands out.
 */
public final class InvocationResult {
  private final String requestId;
  private final byte[] payload;
  private final @Nullable FunctionError error;
  private final Duration duration;
  private final @Nullable Duration initDuration;

  InvocationResult(
      Invocation invocation, Reply reply, Duration duration, @Nullable Duration initDuration) {
    this.requestId = invocation.requestId();
    this.payload = reply.payload();
    this.error = reply.failed() ? FunctionError.parse(reply.payload()) : null;
    this.duration = duration;
    this.initDuration = initDuration;
  }

  /** The request id that the function saw. */
  public String requestId() {
    return requestId;
  }

  /** The response, or the error's JSON if {@link #error()} is present. */
  public byte[] payload() {
    return payload;
  }

  /** The payload as UTF-8 text. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The error, if the function threw, exited or ran out of time. */
  public Optional<FunctionError> error() {
    return Optional.ofNullable(error);
  }

  /** How long the invocation took, without initialisation. */
  public Duration duration() {
    return duration;
  }

  /** Whether this was its environment's first invocation. */
  public boolean coldStart() {
    return initDuration != null;
  }

  /** How long its environment took to initialise, if this was its first invocation. */
  public Optional<Duration> initDuration() {
    return Optional.ofNullable(initDuration);
  }

  @Override
  public String toString() {
    return requestId + (error == null ? " -> " : " failed: ") + text();
  }
}
