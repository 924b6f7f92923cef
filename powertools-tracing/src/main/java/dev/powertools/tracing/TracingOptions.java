// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.ConfigurationException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How a function traces; given to its runtime as a part: {@code
 * FunctionRuntime.builder().part(TracingOptions.class, options)}. Immutable.
 *
 * <p>Defaults: results are captured if {@code POWERTOOLS_TRACER_CAPTURE_RESPONSE} is {@code true},
 * errors unless {@code POWERTOOLS_TRACER_CAPTURE_ERROR} is {@code false}; 1024 characters a value;
 * 500 milliseconds to flush; baggage is sent nowhere.
 */
public final class TracingOptions {

  private static final int FEWEST_CHARS = 32;
  private static final TracingOptions DEFAULTS = builder().build();

  private final Capture captureResult;
  private final Capture captureError;
  private final int maxValueChars;
  private final Duration flushTimeout;
  private final Set<String> baggageTo;

  private TracingOptions(Builder builder) {
    this.captureResult = builder.captureResult;
    this.captureError = builder.captureError;
    this.maxValueChars = builder.maxValueChars;
    this.flushTimeout = builder.flushTimeout;
    this.baggageTo = builder.baggageTo;
  }

  /** The defaults. */
  public static TracingOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    return new Builder()
        .captureResult(captureResult)
        .captureError(captureError)
        .maxValueChars(maxValueChars)
        .flushTimeout(flushTimeout)
        .baggageTo(baggageTo);
  }

  /** Whether results are captured where the annotation does not say. */
  public Capture captureResult() {
    return captureResult;
  }

  /** Whether errors are captured where the annotation does not say. */
  public Capture captureError() {
    return captureError;
  }

  /** How long a text on a span may be, in UTF-16 units; a stack trace sixteen times that. */
  public int maxValueChars() {
    return maxValueChars;
  }

  /** How long the response waits for spans to be exported, at most. */
  public Duration flushTimeout() {
    return flushTimeout;
  }

  /** The destinations to which baggage is sent. */
  public Set<String> baggageTo() {
    return baggageTo;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private Capture captureResult = Capture.DEFAULT;
    private Capture captureError = Capture.DEFAULT;
    private int maxValueChars = 1024;
    private Duration flushTimeout = Duration.ofMillis(500);
    private Set<String> baggageTo = Set.of();

    private Builder() {}

    /** Whether results are captured where the annotation does not say. */
    public Builder captureResult(Capture value) {
      this.captureResult = Objects.requireNonNull(value);
      return this;
    }

    /** Whether errors are captured where the annotation does not say. */
    public Builder captureError(Capture value) {
      this.captureError = Objects.requireNonNull(value);
      return this;
    }

    /** How long a text on a span may be, at least 32. */
    public Builder maxValueChars(int value) {
      this.maxValueChars = value;
      return this;
    }

    /** How long the response waits for spans to be exported, at most; zero to not wait at all. */
    public Builder flushTimeout(Duration value) {
      this.flushTimeout = Objects.requireNonNull(value);
      return this;
    }

    /** The destinations, as they are named to {@link Traces#inject}, that baggage is sent to. */
    public Builder baggageTo(Set<String> destinations) {
      this.baggageTo = Set.copyOf(destinations);
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if a value is out of its range
     */
    public TracingOptions build() {
      if (maxValueChars < FEWEST_CHARS) {
        throw new ConfigurationException(
            "maxValueChars is " + maxValueChars + "; it must be at least " + FEWEST_CHARS);
      }
      if (flushTimeout.isNegative()) {
        throw new ConfigurationException(
            "flushTimeout is " + flushTimeout + "; it must not be negative");
      }
      return new TracingOptions(this);
    }
  }
}
