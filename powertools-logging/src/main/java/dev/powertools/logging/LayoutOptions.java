// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How lines look. Given to a runtime as a part ({@code
 * FunctionRuntime.builder().part(LayoutOptions.class, options)}), or to {@link JsonLineEncoder}.
 * Immutable.
 *
 * <p>Defaults: the fields under their own names, no further ones; no thread, no location, messages
 * as they are, at most 100 frames of each throwable, the outermost throwable first, no colours.
 */
public final class LayoutOptions {

  private static final LayoutOptions DEFAULTS = builder().build();

  private final boolean withThread;
  private final boolean withLocation;
  private final boolean rootCauseFirst;
  private final int maxFrames;
  private final boolean withRedactedMessages;
  private final boolean withColours;
  private final boolean ecs;
  private final Map<String, String> renamed;
  private final Set<String> removed;
  private final Map<String, Object> constants;
  private final LineForm form;

  private LayoutOptions(Builder builder) {
    this.withThread = builder.withThread;
    this.withLocation = builder.withLocation;
    this.rootCauseFirst = builder.rootCauseFirst;
    this.maxFrames = builder.maxFrames;
    this.withRedactedMessages = builder.withRedactedMessages;
    this.withColours = builder.withColours;
    this.ecs = builder.ecs;
    this.renamed = new LinkedHashMap<>(builder.renamed);
    this.removed = new TreeSet<>(builder.removed);
    this.constants = new LinkedHashMap<>(builder.constants);
    this.form = LineForm.of(renamed, removed, constants, ecs);
  }

  /** The defaults. */
  public static LayoutOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Fields named as in the <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common
   * Schema</a>: {@code @timestamp}, {@code log.level}, {@code log.logger}, {@code service.name},
   * {@code process.thread.name}, {@code error.type}, {@code error.message}, {@code
   * error.stack_trace}, {@code trace.id}, {@code span.id}, {@code faas.*}, {@code log.origin.*},
   * and {@code ecs.version}. What the schema does not know keeps its name.
   */
  public static LayoutOptions ecs() {
    return builder().ecs().build();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.withThread = withThread;
    builder.withLocation = withLocation;
    builder.rootCauseFirst = rootCauseFirst;
    builder.maxFrames = maxFrames;
    builder.withRedactedMessages = withRedactedMessages;
    builder.withColours = withColours;
    builder.ecs = ecs;
    builder.renamed.putAll(renamed);
    builder.removed.addAll(removed);
    builder.constants.putAll(constants);
    return builder;
  }

  /** Whether lines have {@code thread}, {@code thread_id} and {@code thread_priority}. */
  public boolean isWithThread() {
    return withThread;
  }

  /** Whether lines have {@code location}. */
  public boolean isWithLocation() {
    return withLocation;
  }

  /** Whether stacks begin with the root cause. */
  public boolean isRootCauseFirst() {
    return rootCauseFirst;
  }

  /** How many frames of each throwable a stack has. */
  public int maxFrames() {
    return maxFrames;
  }

  /** Whether the redactor looks into messages too. */
  public boolean isWithRedactedMessages() {
    return withRedactedMessages;
  }

  /** Whether readable lines show the level in colour. */
  public boolean isWithColours() {
    return withColours;
  }

  /** The fields and their names. */
  LineForm form() {
    return form;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private static final String ECS_VERSION = "8.11.0";

    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Set<String> removed = new TreeSet<>();
    private final Map<String, Object> constants = new LinkedHashMap<>();
    private boolean withThread;
    private boolean withLocation;
    private boolean rootCauseFirst;
    private int maxFrames = 100;
    private boolean withRedactedMessages;
    private boolean withColours;
    private boolean ecs;

    private Builder() {}

    /** Names fields as {@link LayoutOptions#ecs()} does. Other names may be given after this. */
    public Builder ecs() {
      this.ecs = true;
      renamed.putAll(ecsNames());
      return staticField("ecs.version", ECS_VERSION);
    }

    private static Map<String, String> ecsNames() {
      return Map.ofEntries(
          Map.entry(Keys.TIMESTAMP, "@timestamp"),
          Map.entry(Keys.LEVEL, "log.level"),
          Map.entry(Keys.SERVICE, "service.name"),
          Map.entry(Keys.LOGGER, "log.logger"),
          Map.entry(Keys.THREAD, "process.thread.name"),
          Map.entry(Keys.THREAD_ID, "process.thread.id"),
          Map.entry(Keys.COLD_START, "faas.coldstart"),
          Map.entry(Keys.FUNCTION_NAME, "faas.name"),
          Map.entry(Keys.FUNCTION_VERSION, "faas.version"),
          Map.entry(Keys.FUNCTION_MEMORY, "faas.memory"),
          Map.entry(Keys.FUNCTION_ARN, "faas.id"),
          Map.entry(Keys.REQUEST_ID, "faas.execution"),
          Map.entry(Keys.TRACE_ID, "trace.id"),
          Map.entry(Keys.SPAN_ID, "span.id"));
    }

    /**
     * Calls a field by another name. Both names are then closed to user's keys.
     *
     * @param field the field's own name, such as {@code timestamp} or {@code correlation_id}
     * @param name the name that is written
     */
    public Builder rename(String field, String name) {
      renamed.put(field, name);
      return this;
    }

    /** Leaves fields out, by their own names. These stay closed to user's keys. */
    public Builder remove(String... fields) {
      removed.addAll(List.of(fields));
      return this;
    }

    /**
     * Adds a field with the same value in each line. It is written once, here, and not redacted.
     *
     * @param value text, a number or a boolean
     * @throws ConfigurationException if it is anything else
     */
    public Builder staticField(String name, Object value) {
      if (!Line.isPlain(value)) {
        throw new ConfigurationException(
            "LayoutOptions: the static field \""
                + name
                + "\" has a value of "
                + value.getClass().getName()
                + "; give it a text, a number or a boolean");
      }
      constants.put(name, value);
      return this;
    }

    /** Lines have {@code thread}, {@code thread_id} and {@code thread_priority}. */
    public Builder withThread() {
      this.withThread = true;
      return this;
    }

    /**
     * Lines have {@code location}: {@code class}, {@code method}, {@code file} and {@code line} of
     * the call. Each line then costs a walk over the stack, some microseconds.
     */
    public Builder withLocation() {
      this.withLocation = true;
      return this;
    }

    /** Stacks begin with the root cause, each further throwable as {@code Wrapped by: }. */
    public Builder rootCauseFirst() {
      this.rootCauseFirst = true;
      return this;
    }

    /**
     * How many frames of each throwable a stack has; 100 by default.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder maxFrames(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("maxFrames must not be negative: " + value);
      }
      this.maxFrames = value;
      return this;
    }

    /**
     * Messages are searched by the runtime's {@link dev.powertools.core.redact.Redactor} too: for
     * its patterns, and inside if they are JSON. Values of keys and errors always are.
     */
    public Builder withRedactedMessages() {
      this.withRedactedMessages = true;
      return this;
    }

    /** The readable lines of {@code POWERTOOLS_DEV} show the level in colour. */
    public Builder withColours() {
      this.withColours = true;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if lines have no field of a name that was renamed or removed,
     *     a new name is empty, or two fields have one name
     */
    public LayoutOptions build() {
      return new LayoutOptions(this);
    }
  }
}
