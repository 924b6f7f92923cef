// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.InProgress;
import dev.powertools.idempotency.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * Waits while another does the work: claims again and again, with growing pauses and some chance in
 * them, so that many who wait do not all come at once. While the other is in this very process, no
 * store is asked, and its end is heard of at once. Waits by {@link FunctionInvocation#pause}, so
 * that other records have their turn. Thread-safe.
 */
final class Waiting {

  /** Kept back of the time left, so that the caller still learns that the wait was in vain. */
  static final Duration RESERVE = Duration.ofMillis(500);

  private static final Pace BETWEEN_CLAIMS =
      new Pace(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final Pace IN_THIS_PROCESS = new Pace(Duration.ofMillis(1), Duration.ofMillis(20));

  private final HeldHere here;
  private final Timing timing;
  private final LongUnaryOperator random;
  private final Duration mostWithoutDeadline;

  Waiting(HeldHere here, Timing timing, LongUnaryOperator random, Duration mostWithoutDeadline) {
    this.here = here;
    this.timing = timing;
    this.random = random;
    this.mostWithoutDeadline = mostWithoutDeadline;
  }

  /** Pauses that double. */
  private record Pace(Duration first, Duration longest) {

    Duration after(Duration pause) {
      Duration doubled = pause.multipliedBy(2);
      return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
  }

  /**
   * Claims until somebody has finished the work, or the claim is ours.
   *
   * @param first who did the work when it was claimed first
   * @param claim claims once more
   * @throws InProgressException if the time left is over before, or the thread is interrupted
   */
  Claimed await(KeyedCall call, InProgress first, Supplier<Claimed> claim) {
    long began = timing.nanoTime();
    Duration most = most(call.function());
    StoredRecord holder = first.holder();
    Duration pause = BETWEEN_CLAIMS.first();
    while (true) {
      Duration left = most.minus(since(began));
      if (left.compareTo(Duration.ZERO) <= 0 || !pause(call.function(), holder, pause, left)) {
        Duration waited = Duration.ofMillis(since(began).toMillis());
        throw new InProgressException(call.key(), holder, timing.now(), waited);
      }
      Claimed claimed = claim.get();
      if (!(claimed instanceof InProgress again)) {
        return claimed;
      }
      holder = again.holder();
      pause = BETWEEN_CLAIMS.after(pause);
    }
  }

  private Duration most(FunctionInvocation function) {
    return function.remaining().map(left -> left.minus(RESERVE)).orElse(mostWithoutDeadline);
  }

  private Duration since(long began) {
    return Duration.ofNanos(timing.nanoTime() - began);
  }

  /** Pauses once, and until a holder in this process has ended; false if interrupted. */
  private boolean pause(
      FunctionInvocation function, StoredRecord holder, Duration pause, Duration left) {
    try {
      if (here.holds(holder)) {
        awaitHere(function, holder, left);
      } else {
        function.pause(least(jittered(pause), leaseLeft(holder), left));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void awaitHere(FunctionInvocation function, StoredRecord holder, Duration left)
      throws InterruptedException {
    long began = timing.nanoTime();
    Duration most = least(left, leaseLeft(holder), left);
    for (Duration pause = IN_THIS_PROCESS.first();
        !here.hasEnded(holder) && since(began).compareTo(most) < 0;
        pause = IN_THIS_PROCESS.after(pause)) {
      function.pause(pause);
    }
  }

  private Duration leaseLeft(StoredRecord holder) {
    Instant end = holder.leaseEnd().orElse(holder.expiry());
    Duration left = Duration.between(timing.now(), end).plusMillis(1);
    return left.isNegative() ? Duration.ofMillis(1) : left;
  }

  private Duration jittered(Duration pause) {
    long nanos = pause.toNanos();
    return Duration.ofNanos(nanos / 2 + random.applyAsLong(nanos / 2 + 1));
  }

  private static Duration least(Duration one, Duration two, Duration three) {
    Duration less = one.compareTo(two) < 0 ? one : two;
    return less.compareTo(three) < 0 ? less : three;
  }
}
