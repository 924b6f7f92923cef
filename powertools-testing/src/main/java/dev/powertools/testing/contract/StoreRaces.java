// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import static dev.powertools.testing.contract.StoreExpectations.written;

import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What a store has to do about writes that come at the same time. */
abstract class StoreRaces extends StoreScene {

  private static final int ROUNDS = 50;
  private static final int RIVALS = 8;

  /** How many of some writes at once took effect. */
  private static long writtenOf(List<Callable<Reply>> writes, ExecutorService pool)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(writes.size());
    List<Future<Reply>> replies = new ArrayList<>();
    for (Callable<Reply> write : writes) {
      replies.add(
          pool.submit(
              () -> {
                start.await();
                return write.call();
              }));
    }
    long written = 0;
    for (Future<Reply> reply : replies) {
      written += reply.get() instanceof Written ? 1 : 0;
    }
    return written;
  }

  private static void exactlyOne(long written, String what) {
    if (written != 1) {
      throw new AssertionFailedError(
          written
              + " "
              + what
              + ", and it must be one. The condition and the write must be one atomic step.",
          1,
          written);
    }
  }

  @Nested
  class Of_writes_at_once {

    @Test
    void exactly_one_claim_of_a_key_is_written() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(RIVALS);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          long winners = winners(id + "-" + round, now, pool);
          exactlyOne(winners, "claims at once were written");
        }
      } finally {
        pool.shutdownNow();
      }
    }

    @Test
    void exactly_one_claim_of_what_is_free_is_written() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(RIVALS);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          String key = id + "-over-" + round;
          written(store.claim(claimOf(key, "a"), now), "the first claim of a key");
          long winners = winners(key, leaseEnd.plusMillis(1), pool);
          exactlyOne(winners, "claims at once, after a lease was over, were written");
        }
      } finally {
        pool.shutdownNow();
      }
    }

    private long winners(String key, Instant when, ExecutorService pool) throws Exception {
      List<Callable<Reply>> writes = new ArrayList<>();
      for (int i = 0; i < RIVALS; i++) {
        StoredRecord claim =
            claimOf(key, "owner " + i).toBuilder().leaseEnd(when.plusSeconds(30)).build();
        writes.add(() -> store.claim(claim, when));
      }
      return writtenOf(writes, pool);
    }

    @Test
    void a_late_completion_and_a_claim_are_never_both_written() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          StoredRecord late = claimOf(id + "-late-" + round, "a");
          written(store.claim(late, now), "the first claim of a key");
          Instant over = leaseEnd.plusMillis(1);
          StoredRecord next =
              claimOf(late.id(), "b").toBuilder().leaseEnd(over.plusSeconds(30)).build();
          StoredRecord result = late.toBuilder().status(Status.COMPLETED).build();
          exactlyOne(
              writtenOf(
                  List.of(() -> store.complete(result, over), () -> store.claim(next, over)), pool),
              "of a late completion and a claim at once were written");
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }
}
