// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.ConfigurationException;

/**
 * How many attempts beyond the first there may be, so that an outage is not made worse by everybody
 * trying three times. Give it to the runtime: {@code part(RetryBudget.class, ...)}. Immutable.
 *
 * <p>Each first attempt adds {@code share} of a token, each further one takes a token, and where
 * there is none left the failure reaches the caller at once; in a batch that means redelivery.
 * There are two buckets, and both must have one: that of the invocation (all records of a batch, or
 * one request), and that of the environment, which is shared by all invocations. So in any stretch
 * of work further attempts are at most {@code share} of the first ones, and a floor.
 *
 * <p>Where work is of several senders ({@link #SENDER}; in a batch its fairness key, which is the
 * message group by default), each has a bucket of its own in the invocation, and of what the
 * environment holds, whoever got most of it lately leaves as much to the others. So one whose work
 * always fails uses up its own retries, and not theirs.
 *
 * @param share what a first attempt adds, in tokens, from 0 to 1 in thousandths; 0.2 by default
 * @param floor with how many tokens an invocation begins, so that a batch of one may try again as
 *     well; 10 by default
 * @param environmentFloor with how many tokens the environment begins, which is also the most that
 *     it holds; 100 by default
 */
public record RetryBudget(double share, int floor, int environmentFloor) {

  /**
   * By whom work is, as a fact of its unit of work: a hint for sharing fairly, which proves
   * nothing. Work without one shares the bucket of its invocation.
   */
  public static final AttributeKey<String> SENDER = AttributeKey.of("retry.sender", String.class);

  private static final RetryBudget DEFAULTS = new RetryBudget(0.2, 10, 100);

  /**
   * Checks the values.
   *
   * @throws ConfigurationException if one is out of its range
   */
  public RetryBudget {
    if (!(share >= 0 && share <= 1)) {
      throw new ConfigurationException(
          "RetryBudget(share = " + share + "): expected a number from 0 to 1, such as 0.2");
    }
    if (floor < 0 || environmentFloor < 0) {
      throw new ConfigurationException(
          "RetryBudget(floor = "
              + floor
              + ", environmentFloor = "
              + environmentFloor
              + "): expected zero or more");
    }
  }

  /** The defaults. */
  public static RetryBudget defaults() {
    return DEFAULTS;
  }
}
