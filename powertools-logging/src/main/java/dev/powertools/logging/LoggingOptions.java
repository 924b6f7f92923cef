// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.chain.TextForm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Logs#of} does, as {@link Logging} says it for an annotated method. Immutable.
 *
 * <p>Defaults: no correlation id; neither event, response nor error is logged; 16384 bytes of each
 * at most; nothing is sampled (level DEBUG if it is), kept (20480 bytes if it is), counted,
 * limited, collapsed or watched.
 */
public final class LoggingOptions {

  private static final LoggingOptions DEFAULTS = builder().build();

  private final Builder values;

  private LoggingOptions(Builder builder) {
    this.values = builder;
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
    return new Builder(values);
  }

  /** The JSON Pointer to the correlation id. */
  public Optional<String> correlationId() {
    return values.correlationId.isEmpty() ? Optional.empty() : Optional.of(values.correlationId);
  }

  /** Whether events are logged. */
  public boolean isLogEvent() {
    return values.logEvent;
  }

  /** Whether responses are logged. */
  public boolean isLogResponse() {
    return values.logResponse;
  }

  /** Whether failures are logged. */
  public boolean isLogError() {
    return values.logError;
  }

  /** Whether anything of a call is logged: its event, response or failure. */
  boolean isLogAny() {
    return values.logEvent || values.logResponse || values.logError;
  }

  /** How much of an event or response is logged, in bytes. */
  public int maxPayloadBytes() {
    return values.maxPayloadBytes;
  }

  /** The share of units of work whose lines go down to {@link #sampledLevel}, from 0 to 1. */
  public double samplingRate() {
    return values.samplingRate;
  }

  /** The level of sampled units of work. */
  public String sampledLevel() {
    return values.sampledLevel;
  }

  /** The loggers that are lowered; empty for those that have their level from the root. */
  public List<String> sampledLoggers() {
    return values.sampledLoggers;
  }

  /** The level down to which lines are kept. */
  public Optional<String> bufferLevel() {
    return values.bufferLevel.isEmpty() ? Optional.empty() : Optional.of(values.bufferLevel);
  }

  /** How much of lines is kept, in bytes. */
  public int maxBufferBytes() {
    return values.maxBufferBytes;
  }

  /** Over which duration kept lines are written. */
  public Optional<Duration> slowerThan() {
    return Optional.ofNullable(values.slowerThan);
  }

  /** For whom kept lines are written: {@code name=value}. */
  public List<String> debugFor() {
    return values.debugFor;
  }

  /** Whether lines and bytes are counted. */
  public boolean isCountBytes() {
    return values.countBytes;
  }

  /** How many bytes of lines may be written; 0 for any number. */
  public int maxBytes() {
    return values.maxBytes;
  }

  /** Whether repeated lines are written once. */
  public boolean isCollapseRepeats() {
    return values.collapseRepeats;
  }

  /** How long before the deadline it is told where the handler stands. */
  public Optional<Duration> deadlineMargin() {
    return Optional.ofNullable(values.deadlineMargin);
  }

  /** Whether lines are just written, or not, by their level. */
  boolean isPlain() {
    return values.samplingRate == 0
        && values.bufferLevel.isEmpty()
        && values.debugFor.isEmpty()
        && !values.countBytes
        && values.maxBytes == 0
        && !values.collapseRepeats
        && values.deadlineMargin == null;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private String correlationId = "";
    private boolean logEvent;
    private boolean logResponse;
    private boolean logError;
    private int maxPayloadBytes = 16_384;
    private double samplingRate;
    private String sampledLevel = "DEBUG";
    private List<String> sampledLoggers = List.of();
    private String bufferLevel = "";
    private int maxBufferBytes = 20_480;
    private @Nullable Duration slowerThan;
    private List<String> debugFor = List.of();
    private boolean countBytes;
    private int maxBytes;
    private boolean collapseRepeats;
    private @Nullable Duration deadlineMargin;

    private Builder() {}

    private Builder(Builder other) {
      this.correlationId = other.correlationId;
      this.logEvent = other.logEvent;
      this.logResponse = other.logResponse;
      this.logError = other.logError;
      this.maxPayloadBytes = other.maxPayloadBytes;
      this.samplingRate = other.samplingRate;
      this.sampledLevel = other.sampledLevel;
      this.sampledLoggers = other.sampledLoggers;
      this.bufferLevel = other.bufferLevel;
      this.maxBufferBytes = other.maxBufferBytes;
      this.slowerThan = other.slowerThan;
      this.debugFor = other.debugFor;
      this.countBytes = other.countBytes;
      this.maxBytes = other.maxBytes;
      this.collapseRepeats = other.collapseRepeats;
      this.deadlineMargin = other.deadlineMargin;
    }

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

    /** The share of units of work that is sampled, from 0 to 1; 0 by default. */
    public Builder samplingRate(double rate) {
      this.samplingRate = rate;
      return this;
    }

    /** The level of sampled units of work; DEBUG by default. */
    public Builder sampledLevel(String level) {
      this.sampledLevel = level;
      return this;
    }

    /** The loggers that are lowered, by name or package; by default those without own level. */
    public Builder sampledLoggers(String... names) {
      this.sampledLoggers = List.of(names);
      return this;
    }

    /** The level down to which lines are kept; none by default, and if empty. */
    public Builder bufferLevel(String level) {
      this.bufferLevel = level;
      return this;
    }

    /** How much of lines is kept, in bytes; 20480 by default. */
    public Builder maxBufferBytes(int bytes) {
      this.maxBufferBytes = bytes;
      return this;
    }

    /** Over which duration kept lines are written. */
    public Builder slowerThan(Duration duration) {
      this.slowerThan = duration;
      return this;
    }

    /** For whom kept lines are written, such as {@code tenant_id=acme}. */
    public Builder debugFor(String... namesAndValues) {
      this.debugFor = List.of(namesAndValues);
      return this;
    }

    /** Says at the end how many lines and bytes were written. */
    public Builder countBytes() {
      this.countBytes = true;
      return this;
    }

    /** How many bytes of lines may be written; 0, the default, for any number. */
    public Builder maxBytes(int bytes) {
      this.maxBytes = bytes;
      return this;
    }

    /** Writes repeated lines once. */
    public Builder collapseRepeats() {
      this.collapseRepeats = true;
      return this;
    }

    /** How long before the deadline it is told where the handler stands. */
    public Builder deadlineMargin(Duration margin) {
      this.deadlineMargin = margin;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if a value has not its form
     */
    public LoggingOptions build() {
      TextForm.POINTER
          .problemWith(correlationId)
          .ifPresent(problem -> refuse("correlationId: " + problem));
      atLeast(32, "maxPayloadBytes", maxPayloadBytes);
      atLeast(1, "maxBufferBytes", maxBufferBytes);
      atLeast(0, "maxBytes", maxBytes);
      if (!(samplingRate >= 0 && samplingRate <= 1)) {
        refuse("samplingRate is " + samplingRate + ": expected a number from 0 to 1");
      }
      level("sampledLevel", sampledLevel);
      level("bufferLevel", bufferLevel.isEmpty() ? sampledLevel : bufferLevel);
      positive("slowerThan", slowerThan);
      positive("deadlineMargin", deadlineMargin);
      for (String pair : debugFor) {
        if (pair.indexOf('=') < 1) {
          refuse("debugFor has \"" + pair + "\": expected the form name=value");
        }
      }
      return new LoggingOptions(new Builder(this));
    }

    private static void atLeast(int least, String name, int value) {
      if (value < least) {
        refuse(name + " is " + value + ": expected " + least + " or more");
      }
    }

    private static void level(String name, String value) {
      if (LogLevels.parse(value) == null) {
        refuse(name + " is \"" + value + "\": expected one of TRACE, DEBUG, INFO, WARN and ERROR");
      }
    }

    private static void positive(String name, @Nullable Duration value) {
      if (value != null && (value.isNegative() || value.isZero())) {
        refuse(name + " is " + value + ": expected longer than zero");
      }
    }

    private static void refuse(String problem) {
      throw new ConfigurationException(problem);
    }
  }
}
