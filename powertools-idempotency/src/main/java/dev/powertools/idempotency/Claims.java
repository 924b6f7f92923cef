// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Ended;
import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.Gone;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.ClaimProtocol.Vanished;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Carries the claim protocol out against a store: sends what {@link ClaimProtocol} says and has it
 * read the answers. All writes run with the interrupt set aside. Thread-safe.
 */
final class Claims {

  private static final int MOST_CLAIMS = 3;
  private static final int MOST_COMPLETIONS = 6;
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration RESERVE = Duration.ofMillis(250);
  private static final int TOKEN_BYTES = 16;

  private final IdempotencyStore store;
  private final Timing timing;
  private final HeldHere here;
  private final SecureRandom random = new SecureRandom();

  Claims(IdempotencyStore store, Timing timing, HeldHere here) {
    this.store = store;
    this.timing = timing;
    this.here = here;
  }

  /**
   * Claims a key. A claim that is ours is noted as held here, until somebody ends that.
   *
   * @throws IdempotencyStoreException if no answer can be had; the work must not run then
   */
  Claimed claim(KeyedCall call, Terms terms) {
    ClaimKey key = call.key();
    StoredRecord claim =
        ClaimProtocol.claim(
            key.id(), token(call.function()), terms, call.validation(), timing.now());
    here.begin(claim); // before others can meet it
    Claimed claimed = null;
    try {
      claimed = claim(key, claim);
      return claimed;
    } finally {
      if (!(claimed instanceof Fresh)) {
        here.end(claim);
      }
    }
  }

  private Claimed claim(ClaimKey key, StoredRecord claim) {
    for (int i = 0; i < MOST_CLAIMS; i++) {
      Reply reply = send("claim", key, () -> store.claim(claim, timing.now()));
      Claimed claimed = ClaimProtocol.afterClaim(claim, reply);
      if (!(claimed instanceof Vanished)) {
        return claimed;
      }
    }
    throw refusedByNothing("claim", key);
  }

  private static IdempotencyStoreException refusedByNothing(String what, ClaimKey key) {
    return new IdempotencyStoreException(
        "The store refused the "
            + what
            + " of "
            + key
            + " "
            + MOST_CLAIMS
            + " times without a record that could be the reason.",
        null);
  }

  /** Who claims, for people who look for it in the logs, and what nobody else has. */
  private String token(FunctionInvocation function) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return function.requestId().concat("/").concat(HexFormat.of().formatHex(bytes));
  }

  /**
   * Completes a claim, and repeats that for some seconds if need be, but not beyond the time left.
   * Where the claim is gone and nobody else has claimed, the result is put there all the same.
   *
   * @throws IdempotencyStoreException if no answer can be had; the work is done all the same
   */
  Ended complete(ClaimKey key, StoredRecord completed, FunctionInvocation function) {
    Duration delay = FIRST_DELAY;
    try (InterruptAside aside = new InterruptAside()) {
      for (int i = 1; ; i++) {
        try {
          Ended ended = completeOnce(key, completed);
          return ended instanceof Gone ? finishAnew(key, completed) : ended;
        } catch (IdempotencyStoreException e) {
          if (i == MOST_COMPLETIONS || aside.again() || !isWithin(delay, function)) {
            throw e;
          }
        }
        pause(delay, function, aside);
        delay = delay.multipliedBy(2);
      }
    }
  }

  private Ended completeOnce(ClaimKey key, StoredRecord completed) {
    Instant now = timing.now();
    Reply reply = send("completion", key, () -> store.complete(completed, now));
    return ClaimProtocol.afterEnd(completed, reply);
  }

  /**
   * Puts a completed record where nothing is: see {@link ClaimProtocol}, "Finished work counts".
   *
   * @throws IdempotencyStoreException if no answer can be had
   */
  Ended finishAnew(ClaimKey key, StoredRecord completed) {
    for (int i = 0; i < MOST_CLAIMS; i++) {
      Instant now = timing.now();
      Reply reply = send("late completion", key, () -> store.claim(completed, now));
      Ended ended = ClaimProtocol.afterEnd(completed, reply);
      if (!(ended instanceof Gone)) {
        return ended;
      }
    }
    throw refusedByNothing("late completion", key);
  }

  /**
   * Forgets a record that was completed, so that the next claim runs.
   *
   * @throws IdempotencyStoreException if no answer can be had
   */
  Ended forget(ClaimKey key, StoredRecord completed) {
    StoredRecord forgotten = ClaimProtocol.forgetting(completed, timing.now());
    Reply reply = send("removal", key, () -> store.complete(forgotten, timing.now()));
    return ClaimProtocol.afterEnd(forgotten, reply);
  }

  private static boolean isWithin(Duration delay, FunctionInvocation function) {
    return function.remaining().map(left -> left.compareTo(delay.plus(RESERVE)) > 0).orElse(true);
  }

  private static void pause(Duration delay, FunctionInvocation function, InterruptAside aside) {
    try {
      function.pause(delay);
    } catch (InterruptedException e) {
      aside.note(); // one more try at once, then no more
    }
  }

  /**
   * Releases a claim.
   *
   * @throws IdempotencyStoreException if no answer can be had; the claim then holds until its lease
   *     is over
   */
  Ended release(ClaimKey key, StoredRecord claim) {
    Reply reply = send("release", key, () -> store.release(claim, timing.now()));
    return ClaimProtocol.afterRelease(claim, reply);
  }

  private static Reply send(String what, ClaimKey key, Supplier<Reply> write) {
    try (InterruptAside aside = new InterruptAside()) {
      return Objects.requireNonNull(write.get(), "no reply");
    } catch (Exception | LinkageError | AssertionError e) {
      throw new IdempotencyStoreException(
          "The store failed at the " + what + " of " + key + ": " + e, e);
    }
  }
}
