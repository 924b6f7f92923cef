// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.chain.Invocation;
import dev.powertools.idempotency.IdempotencyOptions.WhenKeyMissing;
import dev.powertools.idempotency.IdempotencyOptions.WhenStoreFails;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Runs the work of one place without a claim, where that was chosen. Thread-safe. */
final class Unprotected {

  private final String operation;
  private final IdempotencyOptions options;
  private final AtomicBoolean warned = new AtomicBoolean();

  Unprotected(String operation, IdempotencyOptions options) {
    this.operation = operation;
    this.options = options;
  }

  /**
   * Runs work whose key is missing; the choice does not cover a key that can't be read.
   *
   * @throws IdempotencyKeyException if it must not run
   */
  @Nullable Object withoutKey(Invocation invocation, IdempotencyKeyException failure)
      throws Throwable {
    if (options.whenKeyMissing() == WhenKeyMissing.FAIL || !failure.isMissing()) {
      throw failure;
    }
    invocation.function().emit(new IdempotencySignal(Kind.KEY_MISSING, operation, ""));
    if (warned.compareAndSet(false, true)) {
      LoggerFactory.getLogger(Idempotent.class)
          .warn(
              "{} was called without a key and runs unprotected, as whenKeyMissing ="
                  + " RUN_UNPROTECTED says: it may be done twice. This is said once; the signal"
                  + " idempotency.key_missing tells of each call.",
              invocation.joinPoint().describe());
    }
    return invocation.proceed();
  }

  /**
   * Runs work that could not be claimed.
   *
   * @throws IdempotencyStoreException if it must not run
   */
  @Nullable Object withoutClaim(KeyedCall call, IdempotencyStoreException failure)
      throws Throwable {
    if (options.whenStoreFails() == WhenStoreFails.FAIL) {
      throw failure;
    }
    call.emit(Kind.UNPROTECTED);
    LoggerFactory.getLogger(Idempotent.class)
        .warn(
            "{} runs unprotected, as whenStoreFails = RUN_UNPROTECTED says: it may be done twice",
            call.key(),
            failure);
    return call.invocation().proceed();
  }
}
