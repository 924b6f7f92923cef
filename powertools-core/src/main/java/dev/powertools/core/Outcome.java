// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.time.Duration;
import java.util.Objects;

/**
 * What a piece of work came to, said by the code that did it. Only {@link Done}, {@link Ignored}
 * and ordinary return values complete a claim; {@link RetryAfter} and {@link DeadLetter} release
 * it. Immutable.
 */
public sealed interface Outcome {

  /** The work is done. */
  record Done() implements Outcome {
    static final Done INSTANCE = new Done();
  }

  /**
   * There was nothing to do. A success, counted apart.
   *
   * @param reason why, for logs and counters
   */
  record Ignored(String reason) implements Outcome {
    /** Checks the reason. */
    public Ignored {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Not now: deliver it again.
   *
   * @param delay how long to wait at least; zero for at once
   */
  record RetryAfter(Duration delay) implements Outcome {
    /** Checks the delay. */
    public RetryAfter {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative: " + delay);
      }
    }
  }

  /**
   * It can never succeed: keep it for people to look at.
   *
   * @param reason why, for the failure record
   */
  record DeadLetter(String reason) implements Outcome {
    /** Checks the reason. */
    public DeadLetter {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** The work is done. */
  static Outcome done() {
    return Done.INSTANCE;
  }

  /** There was nothing to do; a success, counted apart. */
  static Outcome ignored(String reason) {
    return new Ignored(reason);
  }

  /** Deliver it again, after {@code delay} at the earliest. */
  static Outcome retryAfter(Duration delay) {
    return new RetryAfter(delay);
  }

  /** Keep it in the dead-letter queue. */
  static Outcome deadLetter(String reason) {
    return new DeadLetter(reason);
  }

  /** Whether the work need not be repeated: {@link Done} or {@link Ignored}. */
  default boolean completes() {
    return this instanceof Done || this instanceof Ignored;
  }
}
