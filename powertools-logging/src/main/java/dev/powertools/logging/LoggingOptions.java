// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.chain.TextForm;
import java.util.Optional;

/**
 * What {@link Logs#of} does, as {@link Logging} says it for an annotated method. Immutable.
 *
 * <p>Defaults: no correlation id.
 */
public final class LoggingOptions {

  private static final LoggingOptions DEFAULTS = builder().build();

  private final String correlationId;

  private LoggingOptions(Builder builder) {
    this.correlationId = builder.correlationId;
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
    return new Builder().correlationId(correlationId);
  }

  /** The JSON Pointer to the correlation id. */
  public Optional<String> correlationId() {
    return correlationId.isEmpty() ? Optional.empty() : Optional.of(correlationId);
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private String correlationId = "";

    private Builder() {}

    /** The JSON Pointer to the correlation id; none if empty. */
    public Builder correlationId(String pointer) {
      this.correlationId = pointer;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if a value has not its form
     */
    public LoggingOptions build() {
      TextForm.POINTER.problemWith(correlationId).ifPresent(Builder::refuse);
      return new LoggingOptions(this);
    }

    private static void refuse(String problem) {
      throw new ConfigurationException("correlationId: " + problem);
    }
  }
}
