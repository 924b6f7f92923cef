// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.chain.TextForm;
import java.util.Optional;

/**
 * What {@link Logs#of} does, as {@link Logging} says it for an annotated method. Immutable.
 *
 * <p>Defaults: no correlation id; neither event, response nor error is logged; 16384 bytes of each
 * at most.
 */
public final class LoggingOptions {

  private static final LoggingOptions DEFAULTS = builder().build();

  private final String correlationId;
  private final boolean logEvent;
  private final boolean logResponse;
  private final boolean logError;
  private final int maxPayloadBytes;

  private LoggingOptions(Builder builder) {
    this.correlationId = builder.correlationId;
    this.logEvent = builder.logEvent;
    this.logResponse = builder.logResponse;
    this.logError = builder.logError;
    this.maxPayloadBytes = builder.maxPayloadBytes;
  }

  /** The defaults. */
  public static LoggingOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder().correlationId(correlationId).maxPayloadBytes(maxPayloadBytes);
    builder.logEvent = logEvent;
    builder.logResponse = logResponse;
    builder.logError = logError;
    return builder;
  }

  /** The JSON Pointer to the correlation id. */
  public Optional<String> correlationId() {
    return correlationId.isEmpty() ? Optional.empty() : Optional.of(correlationId);
  }

  /** Whether events are logged. */
  public boolean isLogEvent() {
    return logEvent;
  }

  /** Whether responses are logged. */
  public boolean isLogResponse() {
    return logResponse;
  }

  /** Whether failures are logged. */
  public boolean isLogError() {
    return logError;
  }

  /** Whether anything of a call is logged: its event, response or failure. */
  boolean isLogAny() {
    return logEvent || logResponse || logError;
  }

  /** How much of an event or response is logged, in bytes. */
  public int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private String correlationId = "";
    private boolean logEvent;
    private boolean logResponse;
    private boolean logError;
    private int maxPayloadBytes = 16_384;

    private Builder() {}

    /** The JSON Pointer to the correlation id; none if empty. */
    public Builder correlationId(String pointer) {
      this.correlationId = pointer;
      return this;
    }

    /** Logs events, redacted and cut. */
    public Builder logEvent() {
      this.logEvent = true;
      return this;
    }

    /** Logs responses, redacted and cut. */
    public Builder logResponse() {
      this.logResponse = true;
      return this;
    }

    /** Logs what is thrown. */
    public Builder logError() {
      this.logError = true;
      return this;
    }

    /** How much of an event or response is logged, in bytes; 16384 by default. */
    public Builder maxPayloadBytes(int bytes) {
      this.maxPayloadBytes = bytes;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if a value has not its form
     */
    public LoggingOptions build() {
      TextForm.POINTER.problemWith(correlationId).ifPresent(Builder::refuse);
      if (maxPayloadBytes < 32) {
        throw new ConfigurationException(
            "maxPayloadBytes is " + maxPayloadBytes + ": expected 32 or more");
      }
      return new LoggingOptions(this);
    }

    private static void refuse(String problem) {
      throw new ConfigurationException("correlationId: " + problem);
    }
  }
}
