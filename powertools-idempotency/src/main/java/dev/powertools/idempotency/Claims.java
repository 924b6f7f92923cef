// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Ended;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.ClaimProtocol.Vanished;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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
  private final SecureRandom random = new SecureRandom();

  Claims(IdempotencyStore store, Timing timing) {
    this.store = store;
    this.timing = timing;
  }

  /**
   * Claims a key.
   *
   * @throws IdempotencyStoreException if no answer can be had; the work must not run then
   */
  Claimed claim(ClaimKey key, Terms terms, FunctionInvocation function) {
    StoredRecord claim = ClaimProtocol.claim(key.id(), token(function), terms, timing.now());
    for (int i = 0; i < MOST_CLAIMS; i++) {
      Reply reply = send("claim of " + key, () -> store.claim(claim, timing.now()));
      Claimed claimed = ClaimProtocol.afterClaim(claim, reply);
      if (!(claimed instanceof Vanished)) {
        return claimed;
      }
    }
    throw new IdempotencyStoreException(
        "The store refused the claim of "
            + key
            + " "
            + MOST_CLAIMS
            + " times without a record that could be the reason. The work was not begun.",
        null);
  }

  /** Who claims, for people who look for it in the logs, and what nobody else has. */
  private String token(FunctionInvocation function) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return function.requestId() + "/" + HexFormat.of().formatHex(bytes);
  }

  /**
   * Completes a claim, and repeats that for some seconds if need be, but not beyond the time left.
   *
   * @throws IdempotencyStoreException if no answer can be had; the work is done all the same
   */
  Ended complete(ClaimKey key, StoredRecord completed, FunctionInvocation function) {
    Duration delay = FIRST_DELAY;
    try (InterruptAside aside = new InterruptAside()) {
      for (int i = 1; ; i++) {
        try {
          Instant now = timing.now();
          Reply reply = send("completion of " + key, () -> store.complete(completed, now));
          return ClaimProtocol.afterEnd(completed, reply);
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
    Reply reply = send("release of " + key, () -> store.release(claim, timing.now()));
    return ClaimProtocol.afterEnd(claim, reply);
  }

  private static Reply send(String what, Supplier<Reply> write) {
    try (InterruptAside aside = new InterruptAside()) {
      return write.get();
    } catch (Exception | LinkageError | AssertionError e) {
      throw new IdempotencyStoreException("The store failed at the " + what + ": " + e, e);
    }
  }
}
