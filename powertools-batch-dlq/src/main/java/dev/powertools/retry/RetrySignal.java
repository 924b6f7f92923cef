// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.Signal;
import java.time.Duration;
import java.util.Map;

/** What became of attempts, for logs, spans and counters. */
public sealed interface RetrySignal extends Signal {

  /**
   * Work failed, and is tried again.
   *
   * @param work the method, or the name that plain code gave
   * @param attempt the number of the attempt that follows, from 2
   * @param delay after what time it follows
   * @param cause the class of the failure
   */
  record Again(String work, int attempt, Duration delay, String cause) implements RetrySignal {
    @Override
    public String name() {
      return "retry.again";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("work", work, "attempt", attempt, "delay_ms", delay.toMillis(), "cause", cause);
    }
  }

  /**
   * Work succeeded, but not at once.
   *
   * @param work the method, or the name that plain code gave
   * @param attempts how many attempts it took
   */
  record Recovered(String work, int attempts) implements RetrySignal {
    @Override
    public String name() {
      return "retry.recovered";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("work", work, "attempts", attempts);
    }
  }

  /**
   * Work failed in all its attempts.
   *
   * @param work the method, or the name that plain code gave
   * @param attempts how many there were
   * @param cause the class of the last failure
   */
  record Exhausted(String work, int attempts, String cause) implements RetrySignal {
    @Override
    public String name() {
      return "retry.exhausted";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("work", work, "attempts", attempts, "cause", cause);
    }
  }

  /**
   * Another attempt was denied, since the {@link RetryBudget} is used up.
   *
   * @param work the method, or the name that plain code gave
   * @param attempts how many there were
   * @param cause the class of the last failure
   */
  record DeniedByBudget(String work, int attempts, String cause) implements RetrySignal {
    @Override
    public String name() {
      return "retry.denied_by_budget";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("work", work, "attempts", attempts, "cause", cause);
    }
  }

  /**
   * Another attempt was denied, since it would not have ended in time.
   *
   * @param work the method, or the name that plain code gave
   * @param attempts how many there were
   * @param needed the delay, and how long an attempt takes
   * @param cause the class of the last failure
   */
  record DeniedByTime(String work, int attempts, Duration needed, String cause)
      implements RetrySignal {
    @Override
    public String name() {
      return "retry.denied_by_time";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of(
          "work", work, "attempts", attempts, "needed_ms", needed.toMillis(), "cause", cause);
    }
  }
}
