// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The credentials of one key. Thread-safe.
 *
 * <p>Whoever finds none, or expired ones, gets them while all others who need them wait. Whoever
 * finds that they expire within five minutes gets new ones while all others go on with those. It is
 * the caller who does this, not a thread in the background: an environment is frozen between two
 * invocations, and what a thread has on the wire then comes back broken, or late, or while nobody
 * needs it. The price is one request to STS in one call an hour.
 */
final class CachedCredentials {

  private static final Duration FAILURE_KEPT = Duration.ofSeconds(1);
  private static final Duration PAUSE_WHILE_VALID = Duration.ofSeconds(10);

  private final ReentrantLock minting = new ReentrantLock(); // no monitor: virtual threads wait too
  private volatile @Nullable Minted present;
  private volatile @Nullable Try last;

  /** When it was last tried, and what failed if it did. */
  private record Try(long at, @Nullable RuntimeException failure) {

    boolean isYounger(Duration age, Timing timing) {
      return timing.nanoTime() - at < age.toNanos();
    }
  }

  AwsSessionCredentials get(Supplier<Minted> mint, Timing timing) {
    Minted known = present;
    Instant now = timing.now();
    if (known == null || !known.isValidAt(now)) {
      return waited(mint, timing);
    }
    return known.isFreshAt(now) ? known.credentials() : refreshed(known, mint, timing);
  }

  private AwsSessionCredentials waited(Supplier<Minted> mint, Timing timing) {
    minting.lock();
    try {
      Minted known = present;
      if (known != null && known.isValidAt(timing.now())) {
        return known.credentials();
      }
      Try before = last;
      if (before != null && before.failure != null && before.isYounger(FAILURE_KEPT, timing)) {
        throw new TenantCredentialsUnavailableException(
            String.valueOf(before.failure.getMessage()), before.failure);
      }
      return minted(mint, timing);
    } finally {
      minting.unlock();
    }
  }

  private AwsSessionCredentials refreshed(Minted known, Supplier<Minted> mint, Timing timing) {
    Try before = last;
    boolean tooSoon = before != null && before.isYounger(PAUSE_WHILE_VALID, timing);
    if (tooSoon || !minting.tryLock()) {
      return known.credentials();
    }
    try {
      Minted newest = present;
      return newest != null && newest.isFreshAt(timing.now())
          ? newest.credentials()
          : minted(mint, timing);
    } catch (RuntimeException e) {
      if (!known.isValidAt(timing.now())) {
        throw e;
      }
      tell(known, e);
      return known.credentials();
    } finally {
      minting.unlock();
    }
  }

  private AwsSessionCredentials minted(Supplier<Minted> mint, Timing timing) {
    try {
      Minted minted = mint.get();
      present = minted;
      last = new Try(timing.nanoTime(), null);
      return minted.credentials();
    } catch (RuntimeException e) {
      last = new Try(timing.nanoTime(), e);
      throw e;
    }
  }

  private static void tell(Minted known, RuntimeException failure) {
    LoggerFactory.getLogger("dev.powertools.tenancy")
        .warn(
            "A tenant's credentials could not be renewed; those at hand are used until {}: {}",
            known.expiration(),
            failure.getMessage());
  }
}
