// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FinalOutcome.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a record ended in this delivery, for good. Immutable.
 *
 * @see FinalOutcome
 */
sealed interface Settled extends Progress {

  /** As {@code onEnd} hooks are told. */
  FinalOutcome end();

  /** Whether the source may forget the record: whether that is proven. */
  default boolean isAcknowledged() {
    return this instanceof Done || this instanceof Ignored || this instanceof DeadLettered;
  }

  /** Done. */
  record Done(FinalOutcome end) implements Settled {
    static final Done INSTANCE = new Done(FinalOutcome.of(Kind.DONE));
  }

  /** There was nothing to do. */
  record Ignored(String reason) implements Settled {
    @Override
    public FinalOutcome end() {
      return FinalOutcome.of(Kind.IGNORED);
    }
  }

  /**
   * Delivered again.
   *
   * @param delay after what time, if that can be had; {@code null} if nobody knows
   * @param failure with what it failed, if it did
   */
  record RetryLater(@Nullable Duration delay, @Nullable Throwable failure) implements Settled {
    @Override
    public FinalOutcome end() {
      return new FinalOutcome(Kind.RETRY_LATER, failure);
    }
  }

  /** Still at work when the batch had to be answered, so delivered again. */
  record StillRunning(FinalOutcome end) implements Settled {
    static final StillRunning INSTANCE = new StillRunning(FinalOutcome.of(Kind.RETRY_LATER));
  }

  /** In the dead-letter queue, confirmed. */
  record DeadLettered(@Nullable Throwable failure) implements Settled {
    @Override
    public FinalOutcome end() {
      return new FinalOutcome(Kind.DEAD_LETTERED, failure);
    }
  }

  /**
   * Never begun, so delivered again.
   *
   * @param outOfTime whether for lack of time
   */
  record NotRun(FinalOutcome end, boolean outOfTime) implements Settled {
    static final NotRun INSTANCE = new NotRun(FinalOutcome.of(Kind.NOT_RUN), false);
    static final NotRun OUT_OF_TIME = new NotRun(FinalOutcome.of(Kind.NOT_RUN), true);

    static NotRun of(boolean outOfTime) {
      return outOfTime ? OUT_OF_TIME : INSTANCE;
    }
  }
}
