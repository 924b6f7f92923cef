// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.Attributes;
import dev.powertools.core.Failures;
import dev.powertools.core.Failures.Verdict;
import dev.powertools.core.Timing;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call after its first has failed. Whatever speaks against another one (the
 * failure itself, their number, the time left, the budget, an interruption), the failure goes to
 * the caller as it is.
 *
 * <p>Time is asked twice: before the delay, since waiting in vain would only keep the caller; and
 * after it, since a delay may take longer than it should where others have the permits. Confined to
 * the call.
 */
final class Attempts {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RetryPolicy policy;
  private final Tokens tokens;
  private final Invocation invocation;
  private final LiveInvocation function;
  private final Timing timing;
  private final List<Throwable> earlier = new ArrayList<>();
  private RetryPolicy.@Nullable Delays delays;
  private int attempts = 1;

  Attempts(RetryPolicy policy, Tokens tokens, Invocation invocation) {
    this.policy = policy;
    this.tokens = tokens;
    this.invocation = invocation;
    this.function = (LiveInvocation) invocation.function();
    this.timing = function.runtime().timing();
  }

  /**
   * Goes on after the first failure.
   *
   * @param first the failure
   * @param tookNanos how long the attempt took
   * @return what a later attempt returns
   * @throws Throwable the last failure
   */
  @Nullable Object after(Throwable first, long tookNanos) throws Throwable {
    Duration reserve = reserve(tookNanos);
    Throwable failure = first;
    long took = tookNanos;
    while (isTimeForAnother(failure, estimate(took), reserve)) {
      attempts++;
      count();
      long began = timing.nanoTime();
      try (Attributes.Restore attempt = function.attributes().during(Retries.ATTEMPT, attempts)) {
        Object result = invocation.proceed();
        function.emit(new RetrySignal.Recovered(policy.work(), attempts));
        return result;
      } catch (Throwable t) {
        earlier.add(failure);
        failure = t;
        took = timing.nanoTime() - began;
      }
    }
    Earlier.attach(failure, earlier);
    throw failure;
  }

  /** For whoever tells of the work when it has failed for good. */
  private void count() {
    if (function.attributes().get(Retries.ATTEMPTS).orElse(1) < attempts) {
      function.attributes().put(Retries.ATTEMPTS, attempts);
    }
  }

  /** As a batch has it; elsewhere a second, and a quarter of what was left at the call at most. */
  private Duration reserve(long tookNanos) {
    Duration batch = function.reserve();
    if (batch != null) {
      return batch;
    }
    Duration left = function.remaining().orElse(Duration.ZERO).plusNanos(tookNanos);
    Duration quarter = left.dividedBy(4);
    return quarter.compareTo(SECOND) < 0 ? quarter : SECOND;
  }

  private Duration estimate(long tookNanos) {
    return policy.options().estimate().orElse(Duration.ofNanos(tookNanos));
  }

  /** Decides, and waits; what speaks against another attempt is told. */
  private boolean isTimeForAnother(Throwable failure, Duration estimate, Duration reserve) {
    Duration delay = isUndisturbed() ? delay(failure) : null;
    if (delay == null || !fits(delay, estimate, reserve, failure)) {
      return false;
    }
    if (!tokens.take(function)) {
      tell(new RetrySignal.DeniedByBudget(policy.work(), attempts, cause(failure)), failure);
      return false;
    }
    tell(new RetrySignal.Again(policy.work(), attempts + 1, delay, cause(failure)), failure);
    return hasWaited(delay) && fits(Duration.ZERO, estimate, reserve, failure);
  }

  private @Nullable Duration delay(Throwable failure) {
    Verdict verdict = policy.verdict(failure);
    if (verdict == null) {
      if (Failures.unwrap(failure) instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return null;
    }
    if (delays == null) {
      delays = policy.delays();
    }
    Duration delay = delays.next(failure, verdict);
    if (delay == null) {
      tell(new RetrySignal.Exhausted(policy.work(), attempts, cause(failure)), failure);
    }
    return delay;
  }

  private boolean fits(Duration delay, Duration estimate, Duration reserve, Throwable failure) {
    Duration longest = RetryOptions.LONGEST;
    boolean fits = delay.compareTo(longest) <= 0 && estimate.compareTo(longest) <= 0;
    if (fits) {
      Duration needed = delay.plus(estimate).plus(reserve);
      fits = function.remaining().map(left -> needed.compareTo(left) <= 0).orElse(true);
    }
    if (!fits) {
      Duration needed = delay.compareTo(longest) > 0 ? delay : delay.plus(estimate);
      tell(new RetrySignal.DeniedByTime(policy.work(), attempts, needed, cause(failure)), failure);
    }
    return fits;
  }

  private boolean hasWaited(Duration delay) {
    try {
      function.pause(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return isUndisturbed();
  }

  /** Work that was answered, or is broken off, does not begin again. */
  private boolean isUndisturbed() {
    return function.isOpen() && !Thread.currentThread().isInterrupted();
  }

  private static String cause(Throwable failure) {
    return failure.getClass().getName();
  }

  private void tell(RetrySignal signal, Throwable failure) {
    function.emit(signal);
    RetryLog.tell(signal, failure);
  }
}
