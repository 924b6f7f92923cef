// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.retry.RetrySignal.Again;
import dev.powertools.retry.RetrySignal.DeniedByBudget;
import dev.powertools.retry.RetrySignal.DeniedByTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines about attempts: at DEBUG the failure after which another follows, which nobody else may
 * ever see; at INFO why none follows although some were left.
 */
final class RetryLog {

  private RetryLog() {}

  static void tell(RetrySignal signal, Throwable failure) {
    Logger logger = LoggerFactory.getLogger(Retry.class.getPackageName());
    if (signal instanceof Again again) {
      logger.debug(
          "Attempt {} of {} failed; the next follows in {} ms",
          again.attempt() - 1,
          again.work(),
          again.delay().toMillis(),
          failure);
    } else if (signal instanceof DeniedByBudget denied) {
      logger.info(
          "{} is not tried again after attempt {}, since the budget for that is used up",
          denied.work(),
          denied.attempts());
    } else if (signal instanceof DeniedByTime denied) {
      logger.info(
          "{} is not tried again after attempt {}, since it would need {} ms more, and there is no"
              + " time for that",
          denied.work(),
          denied.attempts(),
          denied.needed().toMillis());
    }
  }
}
