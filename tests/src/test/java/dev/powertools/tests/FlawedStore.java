// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import dev.powertools.local.Points;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sound store, as it is; each nested class has one flaw that stores really have. */
class FlawedStore implements IdempotencyStore {

  private final Map<String, StoredRecord> records = new HashMap<>();

  boolean mayClaim(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
    return existing == null || existing.isFreeAt(now);
  }

  boolean mayComplete(@Nullable StoredRecord existing, StoredRecord completed, Instant now) {
    return existing != null && existing.isOwnedBy(owner(completed));
  }

  boolean mayRelease(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
    return existing != null
        && existing.status() == Status.IN_PROGRESS
        && existing.isOwnedBy(owner(claim));
  }

  StoredRecord kept(StoredRecord completed) {
    return completed;
  }

  Optional<StoredRecord> shown(@Nullable StoredRecord existing) {
    return Optional.ofNullable(existing);
  }

  static @Nullable String owner(StoredRecord record) {
    return record.owner().orElse(null);
  }

  final synchronized @Nullable StoredRecord read(String id) {
    return records.get(id);
  }

  final synchronized Written write(StoredRecord record) {
    return new Written(Optional.ofNullable(records.put(record.id(), record)));
  }

  @Override
  public synchronized Reply claim(StoredRecord claim, Instant now) {
    StoredRecord existing = read(claim.id());
    return mayClaim(existing, claim, now) ? write(claim) : new Refused(shown(existing));
  }

  @Override
  public synchronized Reply complete(StoredRecord completed, Instant now) {
    StoredRecord existing = read(completed.id());
    return mayComplete(existing, completed, now)
        ? write(kept(completed))
        : new Refused(shown(existing));
  }

  @Override
  public synchronized Reply release(StoredRecord claim, Instant now) {
    StoredRecord existing = read(claim.id());
    return mayRelease(existing, claim, now)
        ? new Written(Optional.ofNullable(records.remove(claim.id())))
        : new Refused(shown(existing));
  }

  /** Puts whatever it is given. */
  static final class ClaimsWithoutCondition extends FlawedStore {
    @Override
    boolean mayClaim(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return true;
    }
  }

  /** Reads, decides, and writes: three steps, and others in between. */
  static final class ClaimsInTwoSteps extends FlawedStore {
    @Override
    @SuppressWarnings({"UnsynchronizedOverridesSynchronized", "ThreadPriorityCheck"}) // the flaw
    public Reply claim(StoredRecord claim, Instant now) {
      StoredRecord existing = read(claim.id());
      Points.reach("between read and write");
      Thread.yield();
      return mayClaim(existing, claim, now) ? write(claim) : new Refused(shown(existing));
    }
  }

  /** Never believes that a lease is over. */
  static final class IgnoresLeases extends FlawedStore {
    @Override
    boolean mayClaim(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return existing == null || existing.isExpiredAt(now);
    }
  }

  /** {@code <=} where {@code <} belongs. */
  static final class EndsLeasesTooEarly extends FlawedStore {
    @Override
    boolean mayClaim(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return super.mayClaim(existing, claim, now.plusMillis(1));
    }
  }

  /** Compares an expiry of whole seconds with a clock of milliseconds. */
  static final class ExpiresTooEarly extends FlawedStore {
    @Override
    boolean mayClaim(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return super.mayClaim(existing, claim, now)
          || (existing != null
              && existing.status() == Status.COMPLETED
              && existing.expiry().isBefore(now));
    }
  }

  /** Completes without the fencing token in the condition. */
  static final class CompletesWithoutToken extends FlawedStore {
    @Override
    boolean mayComplete(@Nullable StoredRecord existing, StoredRecord completed, Instant now) {
      return existing != null;
    }
  }

  /** Completes what is not there: an upsert. */
  static final class CompletesNothing extends FlawedStore {
    @Override
    boolean mayComplete(@Nullable StoredRecord existing, StoredRecord completed, Instant now) {
      return existing == null || super.mayComplete(existing, completed, now);
    }
  }

  /** Refuses a completion whose lease is over, and so has the work done again. */
  static final class RefusesLateCompletions extends FlawedStore {
    @Override
    boolean mayComplete(@Nullable StoredRecord existing, StoredRecord completed, Instant now) {
      return super.mayComplete(existing, completed, now)
          && !completed.leaseEnd().orElse(Instant.MAX).isBefore(now);
    }
  }

  /** Deletes by the key alone. */
  static final class ReleasesWithoutToken extends FlawedStore {
    @Override
    boolean mayRelease(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return existing != null && existing.status() == Status.IN_PROGRESS;
    }
  }

  /** Deletes by the token alone. */
  static final class ReleasesResults extends FlawedStore {
    @Override
    boolean mayRelease(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return existing != null && existing.isOwnedBy(owner(claim));
    }
  }

  /** Forgets a field. */
  static final class LosesTheValidation extends FlawedStore {
    @Override
    StoredRecord kept(StoredRecord completed) {
      return completed.toBuilder().validation(null).build();
    }
  }

  /** Keeps data as text, whatever it is. */
  static final class KeepsTextOnly extends FlawedStore {
    @Override
    StoredRecord kept(StoredRecord completed) {
      byte[] data = completed.data().map(d -> new String(d, UTF_8).getBytes(UTF_8)).orElse(null);
      return completed.toBuilder().data(data).build();
    }
  }

  /** Refuses, and does not say why. */
  static final class ShowsNothing extends FlawedStore {
    @Override
    Optional<StoredRecord> shown(@Nullable StoredRecord existing) {
      return Optional.empty();
    }
  }

  /** Takes whatever is claimed for work that begins. */
  static final class ClaimsOnlyForWork extends FlawedStore {
    @Override
    boolean mayClaim(@Nullable StoredRecord existing, StoredRecord claim, Instant now) {
      return claim.status() == Status.IN_PROGRESS && super.mayClaim(existing, claim, now);
    }
  }
}
