// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import static dev.powertools.testing.contract.StoreExpectations.refusedBy;
import static dev.powertools.testing.contract.StoreExpectations.written;

import dev.powertools.core.Timing;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A store, a key of its own for each test, and the records that tests write under it. */
abstract class StoreScene {

  final Instant now = Timing.system().now().truncatedTo(ChronoUnit.SECONDS).plusMillis(500);
  final Instant leaseEnd = now.plusSeconds(30);
  final Instant expiry = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
  final String id = "contract#" + UUID.randomUUID();

  @SuppressWarnings("NullAway.Init") // before each test
  IdempotencyStore store;

  /** The store under test, ready to be used; asked for once for each test. */
  protected abstract IdempotencyStore store();

  @BeforeEach
  final void openTheStore() {
    store = store();
  }

  final StoredRecord claimOf(String owner) {
    return claimOf(id, owner);
  }

  final StoredRecord claimOf(String key, String owner) {
    return StoredRecord.builder(key, Status.IN_PROGRESS, expiry)
        .owner(owner)
        .claimedAt(now)
        .leaseEnd(leaseEnd)
        .build();
  }

  final StoredRecord resultOf(String owner, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return claimOf(owner).toBuilder().status(Status.COMPLETED).data(bytes).build();
  }

  final void claimed(String owner) {
    written(store.claim(claimOf(owner), now), "the first claim of a key");
  }

  final void completed(String owner, String data) {
    claimed(owner);
    written(store.complete(resultOf(owner, data), now), "the completion by the owner of the claim");
  }

  final void takenOverBy(String owner) {
    written(
        store.claim(claimOf(owner), leaseEnd.plusMillis(1)), "a claim after the lease was over");
  }

  /** What is there must be this, and nobody must have changed it. */
  final void holds(StoredRecord expected, String after) {
    refusedBy(expected, store.claim(claimOf("who looks"), now), "a claim " + after);
  }
}
