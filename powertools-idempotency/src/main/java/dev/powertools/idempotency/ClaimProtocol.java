// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claim protocol: who may run the work of a key, and who may say how it ended. Pure functions
 * without I/O, clock or randomness; the interceptor does what they say and tells them what came
 * back.
 *
 * <h2>The record of a key</h2>
 *
 * <pre>
 *            claim                      complete
 *   NOTHING ───────▶ IN_PROGRESS(owner) ────────▶ COMPLETED(owner, result)
 *      ▲                │        ▲  │ take over           │
 *      │    release     │        └──┘ (lease over)        │ claim anew (expired)
 *      └────────────────┘        ▲                        │
 *                                └────────────────────────┘
 * </pre>
 *
 * <p>Three conditional writes make all of these transitions, and each carries the <em>fencing
 * token</em>, a random owner drawn once for each claim, before anything is sent:
 *
 * <ul>
 *   <li><b>claim</b> if nothing is there, or what is there {@linkplain StoredRecord#isFreeAt is
 *       free}: expired, or in progress and its lease over (<b>take over</b>);
 *   <li><b>complete</b> if {@code owner = me}, so it may be repeated until an answer arrives;
 *   <li><b>release</b> if {@code owner = me AND status = IN_PROGRESS}, so a late repetition cannot
 *       remove a result.
 * </ul>
 *
 * <p>No write can touch a record of another owner, except a claim on one that is free. So whoever
 * comes back from the dead after its lease (a frozen environment, a long pause, a packet that took
 * a detour) can neither overwrite nor delete what a later claim made: its write is refused, and it
 * has <b>lost</b>. A late completion whose token still holds goes through: refusing it would repeat
 * finished work.
 *
 * <h2>Finished work counts</h2>
 *
 * <p>Work that outlives its lease can also come back to nothing: another took it over, failed, and
 * released. Its completion is refused then, and if that were all, its caller would hold a result
 * while the next delivery did the work again. So it <b>finishes anew</b>: it claims with the
 * completed record, which the store's condition for a claim allows where nothing is, or what is
 * there is free. Written means that the result counts, as if it had been in time; refused by
 * another means that somebody works again or has finished, and that this result is lost. In both
 * cases whoever is told of a success has its result in the store, so that until the expiry nobody
 * does that work again.
 *
 * <p>A late repetition of such a claim, by a packet on a detour, carries the {@code now} and the
 * expiry of its time: where it can be written at all, it writes what has expired, and so is free,
 * or the very result that counts.
 *
 * <h2>Failures that are kept</h2>
 *
 * <p>A failure that must not be tried again is completed like a result. When people have taken the
 * matter over (its record rests in the dead-letter queue) it is <b>forgotten</b>: whoever met it
 * completes it once more, under the token that it bears, with an expiry that was over long ago,
 * also for a claim that was sent before and arrives now. If it was replaced meanwhile, that is
 * refused as any late completion is.
 *
 * <h2>What the caller learns</h2>
 *
 * <table>
 * <caption>From the answer to a claim</caption>
 * <tr><th>answer</th><th>transition</th><th>result</th></tr>
 * <tr><td>written</td><td>claim, or take over</td><td>{@link Fresh}: run the work</td></tr>
 * <tr><td>refused, mine in progress</td><td>recognise</td><td>{@link Fresh}: the first answer was
 *     lost, and a repetition by the transport met our own claim</td></tr>
 * <tr><td>refused, completed</td><td>replay</td><td>{@link Replayed}</td></tr>
 * <tr><td>refused, another's in progress</td><td>yield</td><td>{@link InProgress}</td></tr>
 * <tr><td>refused, nothing there</td><td>vanish</td><td>{@link Vanished}: it was released
 *     meanwhile, claim again</td></tr>
 * </table>
 *
 * <p>The answer alone decides. In particular nobody judges the expiry of a refused record a second
 * time, in another unit or by another clock: the store judged it, by the {@code now} of the claim,
 * and a second opinion would open a window in which a record is too old to be replayed and too
 * young to be replaced.
 *
 * <p>If no answer arrives at all, the work does not run (it fails closed). The claim may have been
 * written; then nobody runs until its lease is over, and one does afterwards.
 *
 * <h2>Time</h2>
 *
 * <p>The lease ends at the deadline of the claimant, after which the platform has stopped it, plus
 * {@link #MARGIN}: as long as no two clocks differ by more than that, nobody sees the lease end
 * while its holder may still run. The record never expires before its lease. An answer that takes
 * long shortens the work's time, never the protection. A lease can be chosen longer, up to the
 * expiry (at most once: after a crash nobody runs again), never shorter: nothing renews it.
 */
final class ClaimProtocol {

  /** Added to every lease; also how far the clocks of two claimants may differ. */
  static final Duration MARGIN = Duration.ofSeconds(2);

  private static final Duration LONG_AGO = Duration.ofHours(1);

  private ClaimProtocol() {}

  /** The answer to a claim, understood. */
  sealed interface Claimed {}

  /**
   * The claim is ours: run the work, then complete or release.
   *
   * @param claim the record as we wrote it
   * @param tookOver the record whose lease was over, if there was one
   */
  record Fresh(StoredRecord claim, Optional<StoredRecord> tookOver) implements Claimed {}

  /** The work is done: give its result. */
  record Replayed(StoredRecord completed) implements Claimed {}

  /** Somebody else does the work. */
  record InProgress(StoredRecord holder) implements Claimed {}

  /** What refused the claim is gone: claim again, with the same token. */
  record Vanished() implements Claimed {}

  /** The answer to a completion or a release, understood. */
  sealed interface Ended {}

  /** The record says what we wanted. */
  record Settled() implements Ended {}

  /** Somebody else holds the record. */
  record Lost(StoredRecord holder) implements Ended {}

  /**
   * Our record is gone, and nobody else has taken its place. Finished work claims anew, with its
   * completed record.
   */
  record Gone() implements Ended {}

  /** Our claim is completed already, so it is not released: the work wrote its result itself. */
  record Committed() implements Ended {}

  /**
   * The record to claim with.
   *
   * @param id the key's id
   * @param owner the token, drawn for this claim
   * @param terms how long it holds
   * @param validation the hash of the validated part of the payload
   * @param now the claimant's clock
   */
  static StoredRecord claim(
      String id, String owner, Terms terms, @Nullable String validation, Instant now) {
    Instant leaseEnd = now.plus(terms.lease());
    return StoredRecord.builder(id, Status.IN_PROGRESS, later(leaseEnd, now.plus(terms.expiry())))
        .owner(owner)
        .claimedAt(now)
        .leaseEnd(leaseEnd)
        .validation(validation)
        .build();
  }

  /**
   * How long a claim holds.
   *
   * @param lease how long nobody else may run
   * @param expiry how long the record counts
   */
  record Terms(Duration lease, Duration expiry) {

    /** The terms of somebody who is stopped when {@code timeLeft} is over. */
    static Terms until(Duration timeLeft, Duration expiry) {
      return new Terms(timeLeft.plus(MARGIN), expiry);
    }

    /** The same, but with a lease that is at least this long. */
    Terms atLeast(Duration length) {
      return lease.compareTo(length) >= 0 ? this : new Terms(length, expiry);
    }
  }

  /** The later of the two, in whole seconds, rounded up: a record outlives its lease. */
  private static Instant later(Instant one, Instant other) {
    Instant latest = one.isAfter(other) ? one : other;
    return latest.getNano() == 0 ? latest : Instant.ofEpochSecond(latest.getEpochSecond() + 1);
  }

  /** Understands the answer to {@code claim}. */
  static Claimed afterClaim(StoredRecord claim, Reply reply) {
    if (reply instanceof Written written) {
      return new Fresh(claim, written.before().filter(ClaimProtocol::isInProgress));
    }
    Optional<StoredRecord> existing = ((Refused) reply).existing();
    if (existing.isEmpty()) {
      return new Vanished();
    }
    StoredRecord there = existing.get();
    if (!isInProgress(there)) {
      return new Replayed(there);
    }
    return there.isOwnedBy(claim.owner().orElseThrow())
        ? new Fresh(claim, Optional.empty())
        : new InProgress(there);
  }

  private static boolean isInProgress(StoredRecord record) {
    return record.status() == Status.IN_PROGRESS;
  }

  /**
   * Begins the record to complete a claim with; what it holds is still to be added.
   *
   * @param claim the record as it was claimed
   * @param expiry how long the result counts, from now on
   * @param now the claimant's clock
   */
  static StoredRecord.Builder completion(StoredRecord claim, Duration expiry, Instant now) {
    return claim.toBuilder().status(Status.COMPLETED).expiry(later(now, now.plus(expiry)));
  }

  /**
   * The record to forget a completed one with: the same, and expired so long ago that no claim is
   * still on its way for which it has not. Not longer ago than need be: a table may take what is
   * years old for no expiry at all.
   */
  static StoredRecord forgetting(StoredRecord completed, Instant now) {
    return completed.toBuilder().expiry(now.minus(LONG_AGO)).data(null).build();
  }

  /**
   * Understands the answer to the completion of {@code claim}, and to a claim with the completed
   * record.
   */
  static Ended afterEnd(StoredRecord claim, Reply reply) {
    if (reply instanceof Written) {
      return new Settled();
    }
    Optional<StoredRecord> existing = ((Refused) reply).existing();
    if (existing.isEmpty()) {
      return new Gone();
    }
    return existing.get().isOwnedBy(claim.owner().orElseThrow())
        ? new Settled()
        : new Lost(existing.get());
  }

  /** Understands the answer to the release of {@code claim}. */
  static Ended afterRelease(StoredRecord claim, Reply reply) {
    Ended ended = afterEnd(claim, reply);
    return ended instanceof Settled && reply instanceof Refused ? new Committed() : ended;
  }
}
