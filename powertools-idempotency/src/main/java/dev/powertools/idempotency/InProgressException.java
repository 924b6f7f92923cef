// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.Failures;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import dev.powertools.idempotency.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else does the work of this key right now, or was stopped while doing it and its lease is
 * not over. A record is delivered again when the lease ends, without a failed attempt.
 */
public final class InProgressException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private final String keyHash;
  private final @Nullable String owner;
  private final @Nullable Duration age;
  private final Duration leaseLeft;
  private final Duration waited;

  InProgressException(ClaimKey key, StoredRecord holder, Instant now) {
    this(key, holder, now, Duration.ZERO);
  }

  InProgressException(ClaimKey key, StoredRecord holder, Instant now, Duration waited) {
    this(
        key,
        holder.owner().orElse(null),
        holder.claimedAt().map(since -> Duration.between(since, now)).orElse(null),
        left(holder, now),
        waited);
  }

  private InProgressException(
      ClaimKey key,
      @Nullable String owner,
      @Nullable Duration age,
      Duration leaseLeft,
      Duration waited) {
    super(
        key
            + " is in progress"
            + (owner == null ? " elsewhere" : " at " + owner)
            + (age == null ? "" : " since " + age)
            + "; its lease ends in "
            + leaseLeft
            + (waited.isZero() ? "" : ", and this call has waited for it " + waited)
            + ". Try again then.");
    this.keyHash = key.hash();
    this.owner = owner;
    this.age = age;
    this.leaseLeft = leaseLeft;
    this.waited = waited;
  }

  private static Duration left(StoredRecord holder, Instant now) {
    Duration left = Duration.between(now, holder.leaseEnd().orElse(holder.expiry())).plusMillis(1);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The hash of the key. */
  public String keyHash() {
    return keyHash;
  }

  /** The request id and token of whoever holds the claim; empty if another library does. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  /** How long ago the claim was made; empty if that is not known. */
  public Optional<Duration> age() {
    return Optional.ofNullable(age);
  }

  /** How long the claim can hold at most. */
  public Duration leaseLeft() {
    return leaseLeft;
  }

  /** How long the call waited for the other; zero if it was not to wait. */
  public Duration waited() {
    return waited;
  }

  @Override
  public Disposition disposition() {
    return Disposition.WAIT;
  }

  @Override
  public Failures.Verdict verdict() {
    return new Failures.Verdict(Disposition.WAIT, Optional.of(leaseLeft));
  }

  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(
        new HttpProblem(409, "A request with this key is in progress").retryAfter(leaseLeft));
  }
}
