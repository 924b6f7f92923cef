// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says who runs each part of a batch; {@code null} if there is no time left to begin one. */
final class Dispatches implements Supplier<@Nullable Dispatch> {

  /** With less than this nothing is begun: it would not come to an end. */
  private static final Duration TOO_LITTLE = Duration.ofMillis(250);

  /** How long requests to a queue may hold up the answer, which does not depend on them. */
  private static final Duration BRIEF = Duration.ofSeconds(3);

  private static final int REQUESTS_AT_A_TIME = 4;

  private final LiveInvocation batch;
  private final BatchOptions options;
  private final @Nullable Duration reserve;

  private Dispatches(LiveInvocation batch, BatchOptions options, @Nullable Duration reserve) {
    this.batch = batch;
    this.options = options;
    this.reserve = reserve;
  }

  /** Those of a batch, which has just come. */
  static Dispatches of(LiveInvocation batch, BatchOptions options) {
    Duration left = batch.remaining().orElse(null);
    Duration reserve = left == null ? null : left.minus(options.until(left));
    if (reserve != null) {
      batch.reserve(reserve); // work inside must not begin what could not end before
    }
    return new Dispatches(batch, options, reserve);
  }

  /** Where no platform waits for the answer, one after the other will do. */
  @Override
  public @Nullable Dispatch get() {
    Duration left = batch.remaining().orElse(null);
    if (left == null || reserve == null) {
      return options.maxConcurrency() == 1
          ? Dispatch.SEQUENTIAL
          : crew(batch, options.maxConcurrency(), null);
    }
    boolean tooLate = left.compareTo(TOO_LITTLE) < 0 || left.compareTo(reserve) <= 0;
    return tooLate ? null : crew(batch, options.maxConcurrency(), left.minus(reserve));
  }

  /** For requests that may fail, side by side: the answer waits for them, but not for long. */
  static Dispatch brief(LiveInvocation batch) {
    Duration left = batch.remaining().orElse(null);
    if (left == null) {
      return Dispatch.SEQUENTIAL;
    }
    if (left.compareTo(TOO_LITTLE) <= 0) {
      return (size, lanes, run) -> {};
    }
    Duration most = left.minus(TOO_LITTLE);
    return crew(batch, REQUESTS_AT_A_TIME, most.compareTo(BRIEF) < 0 ? most : BRIEF);
  }

  private static Dispatch crew(LiveInvocation batch, int max, @Nullable Duration until) {
    Executor threads = RecordThreads.of(batch.runtime(), max);
    Crew crew = new Crew(max, batch.runtime().timing(), threads, until);
    crew.answered(batch);
    return crew;
  }
}
