// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is worked on. Immutable.
 *
 * <p>Defaults: dead letters go to the queue of the source queue's redrive policy.
 */
public final class BatchOptions {

  private static final BatchOptions DEFAULTS = builder().build();

  private final @Nullable String deadLetterQueue;

  private BatchOptions(Builder builder) {
    this.deadLetterQueue = builder.deadLetterQueue;
  }

  /** The defaults. */
  public static BatchOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.deadLetterQueue = deadLetterQueue;
    return builder;
  }

  /** What the annotations of a handler's type say. */
  static BatchOptions of(Class<?> handler) {
    DeadLetter deadLetter = handler.getAnnotation(DeadLetter.class);
    return deadLetter == null ? DEFAULTS : builder().deadLetterQueue(deadLetter.queue()).build();
  }

  /** The dead-letter queue that was named, variables not yet replaced. */
  public Optional<String> deadLetterQueue() {
    return Optional.ofNullable(deadLetterQueue);
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private @Nullable String deadLetterQueue;

    private Builder() {}

    /** As {@link DeadLetter#queue()}. */
    public Builder deadLetterQueue(String value) {
      this.deadLetterQueue = value;
      return this;
    }

    /** Makes the options. */
    public BatchOptions build() {
      return new BatchOptions(this);
    }
  }
}
