// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in the memory of this process, for tests and for functions that run on one's own machine.
 * Thread-safe. Expired records are dropped now and then, as others are claimed.
 *
 * <p>It protects nothing on AWS Lambda, where every environment has a memory of its own and a
 * redelivery may meet another one. So it refuses to start where {@code AWS_LAMBDA_FUNCTION_NAME} is
 * set, unless {@code POWERTOOLS_LOCAL=true} says that a local runner set it, or it was made by
 * {@link #singleEnvironment()}.
 */
public final class MemoryStore implements IdempotencyStore {

  private static final ConfigKey<Boolean> LOCAL =
      ConfigKey.flag("POWERTOOLS_LOCAL", "Says that a local runner stands in for AWS Lambda.");
  private static final int FIRST_SWEEP = 1024;

  private final boolean singleEnvironment;
  private final Map<String, StoredRecord> records = new HashMap<>();
  private int sweepAt = FIRST_SWEEP;

  /** An empty store. */
  public MemoryStore() {
    this(false);
  }

  private MemoryStore(boolean singleEnvironment) {
    this.singleEnvironment = singleEnvironment;
  }

  /**
   * An empty store that also starts on AWS Lambda, for a function that is known to run in one
   * environment only (reserved concurrency 1) and may forget everything when that is replaced.
   */
  public static MemoryStore singleEnvironment() {
    return new MemoryStore(true);
  }

  @Override
  public void start(FunctionRuntime runtime) {
    Config config = runtime.config();
    Optional<String> function = config.variable("AWS_LAMBDA_FUNCTION_NAME");
    if (function.isPresent() && !singleEnvironment && !config.get(LOCAL)) {
      throw new ConfigurationException(
          "MemoryStore protects nothing in the function "
              + function.get()
              + ": every environment of a function has a memory of its own. Use a store that all"
              + " environments share; or MemoryStore.singleEnvironment() if there is never more"
              + " than one; or set POWERTOOLS_LOCAL=true where a local runner runs the function.");
    }
  }

  @Override
  public synchronized Reply claim(StoredRecord claim, Instant now) {
    StoredRecord existing = records.get(claim.id());
    if (existing != null && !existing.isFreeAt(now)) {
      return refused(existing);
    }
    sweep(now);
    records.put(claim.id(), claim);
    return new Written(Optional.ofNullable(existing));
  }

  @Override
  public synchronized Reply complete(StoredRecord completed, Instant now) {
    StoredRecord existing = records.get(completed.id());
    if (existing == null || !existing.isOwnedBy(completed.owner().orElse(null))) {
      return new Refused(Optional.ofNullable(existing));
    }
    records.put(completed.id(), completed);
    return new Written(Optional.of(existing));
  }

  @Override
  public synchronized Reply release(StoredRecord claim, Instant now) {
    StoredRecord existing = records.get(claim.id());
    if (existing == null
        || existing.status() != Status.IN_PROGRESS
        || !existing.isOwnedBy(claim.owner().orElse(null))) {
      return new Refused(Optional.ofNullable(existing));
    }
    records.remove(claim.id());
    return new Written(Optional.of(existing));
  }

  /** The records that are there now; also expired ones that nothing has dropped yet. */
  public synchronized List<StoredRecord> records() {
    return List.copyOf(records.values());
  }

  private static Reply refused(StoredRecord existing) {
    return new Refused(Optional.of(existing));
  }

  /** Drops what has expired whenever the map has doubled, so that a claim costs constant time. */
  private void sweep(Instant now) {
    if (records.size() >= sweepAt) {
      records.values().removeIf(record -> record.isExpiredAt(now));
      sweepAt = Math.max(FIRST_SWEEP, 2 * records.size());
    }
  }

  @Override
  public synchronized String toString() {
    return "MemoryStore of " + records.size() + " records";
  }
}
