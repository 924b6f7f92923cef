// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.aws.Aws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Random runs on DynamoDB Local, each from a seed that a failure names. Of {@code -Dmodel.rounds}
 * one in 50 is run; 30000 is a long run.
 */
@Tag("heavy")
@ExtendWith(Tables.Extension.class)
class DynamoDbModelTest {

  private static final int ROUNDS = Integer.getInteger("model.rounds", 3_000) / 50;
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final String table;
  private final Tables tables;

  DynamoDbModelTest(Tables tables) {
    this.tables = tables;
    this.table = tables.create();
  }

  private static StoredRecord claim(String id, String owner, Instant now, int lease, int expiry) {
    return StoredRecord.builder(id, Status.IN_PROGRESS, now.plusMillis(expiry))
        .owner(owner)
        .claimedAt(now)
        .leaseEnd(now.plusMillis(lease))
        .build();
  }

  private static StoredRecord completed(StoredRecord claim, String data, Instant now, int expiry) {
    return claim.toBuilder()
        .status(Status.COMPLETED)
        .expiry(now.plusMillis(expiry))
        .data(data.getBytes(UTF_8))
        .build();
  }

  /** Times are dense around the boundaries: steps of a millisecond, or to a second's edge. */
  private static Instant later(Random random, Instant now) {
    return switch (random.nextInt(4)) {
      case 0 -> now;
      case 1 -> now.plusMillis(1);
      case 2 -> Instant.ofEpochSecond(now.getEpochSecond() + 1);
      default -> Instant.ofEpochSecond(now.getEpochSecond()).plusMillis(999);
    };
  }

  @Test
  void any_sequence_of_writes_gets_the_answers_that_the_store_in_memory_gives() {
    DynamoDbStore dynamoDb = DynamoDbStore.of(DynamoDbOptions.of(table), tables.client());
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<IdempotencyStore> stores = List.of(dynamoDb, MemoryStore.singleEnvironment());
      String id = "sequence-" + seed;
      Instant now = START;
      for (int step = 0; step < 40; step++) {
        now = later(random, now);
        StoredRecord claim = claim(id, "o" + random.nextInt(3), now, random.nextInt(1500), 2000);
        StoredRecord result = completed(claim, "" + step, now, random.nextInt(2500));
        int what = random.nextInt(5);
        List<String> answers = new ArrayList<>();
        for (IdempotencyStore store : stores) {
          answers.add(
              switch (what) {
                case 0 -> text(store.release(claim, now), false);
                case 1 -> text(store.complete(result, now), false);
                default -> text(store.claim(claim, now), true);
              });
        }
        assertThat(answers.get(0)).as("seed %d step %d", seed, step).isEqualTo(answers.get(1));
      }
    }
  }

  private static String text(Reply reply, boolean before) {
    if (reply instanceof Refused refused) {
      return "refused " + refused.existing().map(DynamoDbModelTest::text);
    }
    Optional<StoredRecord> replaced = ((Written) reply).before();
    return before ? "written over " + replaced.map(DynamoDbModelTest::text) : "written";
  }

  private static String text(StoredRecord record) {
    return record + " " + record.claimedAt() + record.data().map(data -> new String(data, UTF_8));
  }

  @Test
  void workers_that_crash_and_lose_answers_never_repeat_what_is_done() {
    Counts all = new Counts();
    for (long seed = 0; seed < ROUNDS; seed++) {
      new Run(seed, all).run();
    }
    assertThat(all.bodies).as("bodies").isGreaterThan(ROUNDS);
    assertThat(all.replays).as("replays").isGreaterThan(ROUNDS);
    assertThat(all.yields).as("yields").isGreaterThan(ROUNDS / 2);
    assertThat(all.recognised).as("recognised").isGreaterThan(ROUNDS / 10);
    assertThat(all.fenced).as("fenced").isPositive();
  }

  /** How often what happened, to prove that the runs are not boring. */
  private static final class Counts {
    int bodies;
    int replays;
    int yields;
    int recognised;
    int fenced;
  }

  /** Two to four workers on one key; each step of the schedule is the next step of one of them. */
  private final class Run {

    private static final int LEASE = 10_000;
    private static final int EXPIRY = 40_000;

    private final long seed;
    private final Counts counts;
    private final Random random;
    private final Aws aws = Aws.start(VirtualClock.start());
    private final IdempotencyStore store;
    private final Set<String> sent = new HashSet<>();
    private final List<Worker> workers = new ArrayList<>();
    private Instant now = START;
    private @Nullable StoredRecord acknowledged;

    Run(long seed, Counts counts) {
      this.seed = seed;
      this.counts = counts;
      this.random = new Random(seed);
      aws.endpoint("dynamodb", tables.endpoint());
      this.store =
          DynamoDbStore.of(DynamoDbOptions.of(table), aws.client(DynamoDbClient.builder()));
      int size = 2 + random.nextInt(3);
      for (int i = 0; i < size; i++) {
        workers.add(new Worker("worker " + i));
      }
    }

    void run() {
      for (int step = 0; step < 60; step++) {
        now = now.plusMillis(random.nextInt(8) == 0 ? 11_000 : random.nextInt(1_500));
        workers.get(random.nextInt(workers.size())).step();
      }
      aws.close();
    }

    /** Of five requests one loses its answer, one is dropped, one is throttled; then it passes. */
    private void weather() {
      switch (random.nextInt(5)) {
        case 0 -> aws.on("dynamodb").loseResponse();
        case 1 -> aws.on("dynamodb").drop();
        case 2 -> aws.on("dynamodb").throttle();
        default -> {}
      }
    }

    private void check(boolean condition, String what, Worker worker) {
      assertThat(condition).as("seed %d at %s: %s %s", seed, now, worker.name, what).isTrue();
    }

    private final class Worker {

      private final String name;
      private int attempts;
      private @Nullable StoredRecord held;

      Worker(String name) {
        this.name = name;
      }

      /** Claims, or ends what it holds, or crashes and forgets. */
      void step() {
        StoredRecord mine = held;
        if (mine == null) {
          begin();
          return;
        }
        int what = random.nextInt(10);
        if (what < 6) {
          complete(mine, what == 0);
        } else if (what < 8) {
          weather();
          Reply reply = store.release(mine, now);
          counts.fenced += fences(reply, mine) ? 1 : 0;
        }
        held = null;
      }

      private void begin() {
        String owner = name + "/" + attempts++;
        StoredRecord claim = claim("run-" + seed, owner, now, LEASE, EXPIRY);
        weather();
        Reply reply = store.claim(claim, now);
        if (random.nextInt(8) == 0) {
          return; // it crashed, and nobody knows of its claim but the store
        }
        if (reply instanceof Written) {
          body(claim);
          return;
        }
        StoredRecord there = ((Refused) reply).existing().orElseThrow();
        if (there.status() == Status.COMPLETED) {
          replay(there);
        } else if (there.isOwnedBy(owner)) {
          counts.recognised++;
          body(claim);
        } else {
          counts.yields++;
        }
      }

      private void replay(StoredRecord there) {
        counts.replays++;
        String data = new String(there.data().orElseThrow(), UTF_8);
        check(sent.contains(data), "replays what nobody completed with: " + data, this);
      }

      private void body(StoredRecord claim) {
        counts.bodies++;
        for (Worker other : workers) {
          StoredRecord theirs = other.held;
          check(
              theirs == null || theirs.leaseEnd().orElseThrow().isBefore(now),
              "works inside the lease of " + other.name,
              this);
        }
        StoredRecord done = acknowledged;
        check(done == null || done.isExpiredAt(now), "does again what is done: " + done, this);
        held = claim;
      }

      private void complete(StoredRecord mine, boolean crashes) {
        String data = "\"" + mine.owner().orElseThrow() + "\"";
        sent.add(data);
        StoredRecord result = completed(mine, data, now, EXPIRY);
        weather();
        Reply reply = store.complete(result, now);
        if (reply instanceof Written) {
          acknowledged = crashes ? acknowledged : result;
        } else {
          counts.fenced++;
          check(fences(reply, mine), "was refused by its own record", this);
        }
      }

      private boolean fences(Reply reply, StoredRecord mine) {
        return reply instanceof Refused refused
            && !refused
                .existing()
                .map(there -> there.isOwnedBy(mine.owner().orElseThrow()))
                .orElse(false);
      }
    }
  }
}
