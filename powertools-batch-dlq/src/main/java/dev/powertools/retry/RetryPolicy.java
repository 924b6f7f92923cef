// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.Disposition;
import dev.powertools.core.Failures;
import dev.powertools.core.Failures.Verdict;
import dev.powertools.core.FunctionRuntime;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failure is worth another attempt, and after what delay. Counting and growing are
 * Resilience4j's, in the form that it has for asynchronous work, since that form never sleeps.
 * Thread-safe.
 */
final class RetryPolicy {

  private final RetryOptions options;
  private final String work;
  private final Failures failures;
  private final Random random;
  private final io.github.resilience4j.retry.Retry retry;

  RetryPolicy(RetryOptions options, String work, FunctionRuntime runtime) {
    this.options = options;
    this.work = work;
    this.failures = runtime.failures();
    this.random = runtime.part(Random.class, r -> new Random());
    this.retry =
        io.github.resilience4j.retry.Retry.of(
            work,
            RetryConfig.custom()
                .maxAttempts(options.attempts())
                .intervalFunction(
                    IntervalFunction.ofExponentialBackoff(
                        options.base(), options.multiplier(), options.max()))
                .build());
  }

  RetryOptions options() {
    return options;
  }

  String work() {
    return work;
  }

  /** What is to be done about a failure; {@code null} if it must not be tried again. */
  @Nullable Verdict verdict(Throwable failure) {
    Throwable unwrapped = Failures.unwrap(failure);
    if (unwrapped instanceof Error || unwrapped instanceof InterruptedException) {
      return null;
    }
    try {
      Verdict verdict = failures.judge(failure);
      return verdict.disposition() == Disposition.RETRY_LATER ? verdict : null;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null; // something about it throws: whoever gets it says so
    }
  }

  /** The attempts of one call. */
  Delays delays() {
    return new Delays();
  }

  /** The delays between the attempts of one call. Confined to it. */
  final class Delays {

    private final io.github.resilience4j.retry.Retry.AsyncContext<Object> context =
        retry.asyncContext();
    private long before = options.base().toMillis();

    /** The delay after one more failure; {@code null} if that was the last attempt. */
    @Nullable Duration next(Throwable failure, Verdict verdict) {
      // as it would unwrap it, but for a wrapper without a cause, at which it fails
      long bound = context.onError(Failures.unwrap(failure));
      if (bound < 0) {
        return null;
      }
      before = options.jitter().millis(bound, before, options, random);
      Duration own = Duration.ofMillis(before);
      Duration named = verdict.retryAfter().orElse(own);
      return named.compareTo(own) > 0 ? named : own;
    }
  }
}
