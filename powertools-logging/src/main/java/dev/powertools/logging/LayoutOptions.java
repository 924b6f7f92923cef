// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

/**
 * How lines look. Given to a runtime as a part ({@code
 * FunctionRuntime.builder().part(LayoutOptions.class, options)}), or to {@link JsonLineEncoder}.
 * Immutable.
 *
 * <p>Defaults: no thread, messages as they are, at most 100 frames of each throwable, the outermost
 * throwable first.
 */
public final class LayoutOptions {

  private static final LayoutOptions DEFAULTS = builder().build();

  private final boolean withThread;
  private final boolean rootCauseFirst;
  private final int maxFrames;
  private final boolean withRedactedMessages;

  private LayoutOptions(Builder builder) {
    this.withThread = builder.withThread;
    this.rootCauseFirst = builder.rootCauseFirst;
    this.maxFrames = builder.maxFrames;
    this.withRedactedMessages = builder.withRedactedMessages;
  }

  /** The defaults. */
  public static LayoutOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.withThread = withThread;
    builder.rootCauseFirst = rootCauseFirst;
    builder.maxFrames = maxFrames;
    builder.withRedactedMessages = withRedactedMessages;
    return builder;
  }

  /** Whether lines have {@code thread}, {@code thread_id} and {@code thread_priority}. */
  public boolean isWithThread() {
    return withThread;
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

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private boolean withThread;
    private boolean rootCauseFirst;
    private int maxFrames = 100;
    private boolean withRedactedMessages;

    private Builder() {}

    /** Lines have {@code thread}, {@code thread_id} and {@code thread_priority}. */
    public Builder withThread() {
      this.withThread = true;
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

    /** Makes the options. */
    public LayoutOptions build() {
      return new LayoutOptions(this);
    }
  }
}
