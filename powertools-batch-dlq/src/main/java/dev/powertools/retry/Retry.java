// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a method again when it fails in passing.
 *
 * <pre>{@code
 * @Retry(attempts = 3, base = "100ms", max = "2s")
 * Receipt charge(Order order) { ... }
 * }</pre>
 *
 * <p>Only a failure that {@link dev.powertools.core.Failures} calls transient is worth another
 * attempt: not a permanent one, not work that is being done elsewhere, no {@link Error}, and
 * nothing after an interruption. A returned {@code Outcome.retryAfter} is no failure and is not
 * tried again here. If the failure says how long to wait ({@link
 * dev.powertools.core.Transient#retryAfter()}), the delay is that long at least.
 *
 * <p>Another attempt is made only if it can end in time: the delay and the {@link #estimate()} must
 * fit into the time left before the reserve. The reserve is the batch's ({@code @Deadline}) inside
 * a batch, else one second, and a quarter of the time left at the call at most. And it is made only
 * within the {@link RetryBudget}. Otherwise the failure reaches the caller at once.
 *
 * <p>The caller gets the last failure, the same instance, with the earlier ones as suppressed. The
 * arguments are the same objects in each attempt. While a record waits, other records of its batch
 * run; the claim of {@code @Idempotent} on the same method is held over all attempts. Outside a
 * function there is no deadline. Methods that return a {@code CompletionStage} or {@code Future},
 * or take streams, are refused; so are values out of their range, while the function starts.
 */
@Documented
@Intercepted(by = RetryFactory.class, phase = Phase.RETRY, side = Side.OWN)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Retry {

  /**
   * How many attempts there are at most, the first included; from 1, which is none more, to 100.
   */
  int attempts() default 3;

  /** The delay before the second attempt, such as {@code 100ms}; one millisecond at least. */
  @ValueForm(TextForm.DURATION)
  String base() default "100ms";

  /** By how much the delay grows with each attempt; one at least. */
  double multiplier() default 2;

  /** The longest delay, such as {@code 2s}; from the base to 15 min. */
  @ValueForm(TextForm.DURATION)
  String max() default "2s";

  /** How much of each delay is random. */
  Jitter jitter() default Jitter.FULL;

  /**
   * How long an attempt takes, such as {@code 500ms}: one that would not fit into the time left is
   * not begun. By default what the last one took.
   */
  @ValueForm(TextForm.DURATION)
  String estimate() default "";
}
