// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Ended;
import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.Replayed;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.ClaimProtocol.Vanished;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some workers, one key, one store, and a network that loses, delays and repeats: one seeded run of
 * the claim protocol in virtual time.
 *
 * <p>The truth is kept beside the store, and judged by rules of its own, so that a store or a
 * client that breaks the protocol is found out: {@link #violations()} says by what.
 */
final class ProtocolModel {

  private static final String ID = "id";
  private static final int ROUNDS = 8;
  private static final long FOREVER = Long.MAX_VALUE;
  private static final byte[] FORGOTTEN = "what is forgotten".getBytes(StandardCharsets.UTF_8);
  static final Duration EXPIRY = Duration.ofSeconds(25);
  private static final int MAX_SKEW_MILLIS = (int) ClaimProtocol.MARGIN.toMillis() / 2;

  private final Random random;
  private final IdempotencyStore store;
  private final ModelClient client;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<String, Attempt> byOwner = new HashMap<>();
  private final Set<String> completedData = new HashSet<>();
  private final Set<String> forgotten = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final ModelCounts counts = new ModelCounts();
  private @Nullable StoredRecord truth;
  private long time = 1_000_000;
  private long order;

  ProtocolModel(long seed, Supplier<IdempotencyStore> store, ModelClient client) {
    this.random = new Random(seed);
    this.store = store.get();
    this.client = client;
  }

  private record Event(long at, long order, Runnable action) {}

  ProtocolModel run() {
    int workers = 2 + random.nextInt(3);
    for (int worker = 0; worker < workers; worker++) {
      int skew = random.nextInt(2 * MAX_SKEW_MILLIS + 1) - MAX_SKEW_MILLIS;
      long start = time;
      for (int round = 0; round < ROUNDS; round++) {
        start += random.nextInt(15_000);
        String owner = "worker " + worker + " round " + round;
        at(start, () -> new Attempt(owner, skew, Limits.drawn(this)).begin());
      }
    }
    for (Event next = events.poll(); next != null; next = events.poll()) {
      time = next.at();
      next.action().run();
    }
    return this;
  }

  List<String> violations() {
    return violations;
  }

  ModelCounts counts() {
    return counts;
  }

  private void at(long when, Runnable action) {
    events.add(new Event(when, order++, action));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void violation(String what) {
    violations.add("at " + time + ": " + what);
  }

  /**
   * When a delivery has to end, and when it does. The platform stops it at its deadline; some crash
   * before, and some are not stopped at all and overrun their lease, as a plain process can.
   *
   * @param untilExpiry whether its lease is to last until the expiry
   */
  private record Limits(long deadline, long stop, boolean overruns, boolean untilExpiry) {

    static Limits drawn(ProtocolModel model) {
      boolean overruns = model.chance(30);
      long deadline = model.time + (overruns ? 6_000L : 1_000L) + model.random.nextInt(9_000);
      long alive = overruns ? FOREVER : deadline;
      long stop = model.chance(25) ? model.time + model.random.nextInt(6_000) : alive;
      return new Limits(deadline, stop, overruns, model.chance(10));
    }
  }

  /** One claim of one delivery to one worker, and what follows from it. */
  private final class Attempt {

    private final String owner;
    private final int skew;
    private final Limits limits;
    private final long leaseEnd;
    private long protectedUntil;
    private long resultUntil;
    private boolean ranBody;

    Attempt(String owner, int skew, Limits limits) {
      this.owner = owner;
      this.skew = skew;
      this.limits = limits;
      this.leaseEnd =
          limits.untilExpiry()
              ? Math.max(limits.deadline(), time + EXPIRY.toMillis() - 2L * MAX_SKEW_MILLIS)
              : limits.deadline();
      this.protectedUntil = leaseEnd;
    }

    private boolean isStopped() {
      return time > limits.stop();
    }

    private Instant clock() {
      return Instant.ofEpochMilli(time + skew);
    }

    void begin() {
      byOwner.put(owner, this);
      Instant now = clock();
      Terms terms = client.terms().apply(Duration.ofMillis(limits.deadline() - time));
      Terms chosen = limits.untilExpiry() ? terms.atLeast(EXPIRY) : terms;
      StoredRecord claim = ClaimProtocol.claim(ID, owner, chosen, null, now);
      send(() -> applyClaim(claim, now), 2, reply -> claimed(claim, reply));
    }

    private void claimed(StoredRecord claim, Reply reply) {
      boolean refused = reply instanceof Reply.Refused;
      Claimed claimed = client.understand().apply(claim, reply);
      if (claimed instanceof Fresh fresh) {
        counts.takeOvers += fresh.tookOver().isPresent() ? 1 : 0;
        counts.recognised += refused ? 1 : 0;
        body(claim);
      } else if (claimed instanceof Replayed replayed) {
        replay(replayed.completed());
      } else if (claimed instanceof Vanished) {
        send(() -> applyClaim(claim, clock()), 1, again -> claimed(claim, again));
      } else {
        counts.yields++;
        wait(1 + random.nextInt(2_000));
      }
    }

    private void replay(StoredRecord completed) {
      counts.replays++;
      String data = new String(completed.data().orElse(FORGOTTEN.clone()), StandardCharsets.UTF_8);
      if (!completedData.contains(data)) {
        violation(owner + " replays \"" + data + "\", which nobody completed with");
      }
      if (completed.content() == Content.FAILURE && chance(50)) {
        StoredRecord forgotten = client.forgetting().apply(completed, clock());
        send(() -> applyComplete(forgotten, clock()), 1, reply -> counts.forgotten++);
      }
    }

    private void wait(int pause) {
      if (chance(50) && time + pause < limits.deadline()) {
        counts.waited++;
        at(
            time + pause,
            () -> {
              if (!isStopped()) {
                new Attempt(owner + "+", skew, limits).begin();
              }
            });
      }
    }

    private void body(StoredRecord claim) {
      counts.bodies++;
      for (Attempt other : byOwner.values()) {
        if (other != this && other.ranBody && time <= other.protectedUntil) {
          violation(owner + " runs the body inside the lease of " + other.owner);
        }
        if (other != this && time + MAX_SKEW_MILLIS < other.resultUntil) {
          violation(owner + " does again what " + other.owner + " has finished");
        }
      }
      ranBody = true;
      boolean fails = chance(35);
      at(time + random.nextInt(limits.overruns() ? 30_000 : 8_000), () -> end(claim, fails));
    }

    private void end(StoredRecord claim, boolean fails) {
      if (isStopped()) {
        return;
      }
      protectedUntil = Math.min(protectedUntil, time);
      boolean kept = fails && chance(30);
      if (fails && !kept) {
        send(() -> applyRelease(claim, clock()), 1, reply -> ended(claim, reply));
        return;
      }
      counts.keptFailures += kept ? 1 : 0;
      StoredRecord completed =
          ClaimProtocol.completion(claim, EXPIRY, clock())
              .content(kept ? Content.FAILURE : Content.RESULT)
              .data(owner.getBytes(StandardCharsets.UTF_8))
              .build();
      send(() -> applyComplete(completed, clock()), 3, reply -> finished(completed, reply));
    }

    private void ended(StoredRecord claim, Reply reply) {
      counts.lost += ClaimProtocol.afterEnd(claim, reply) instanceof ClaimProtocol.Lost ? 1 : 0;
    }

    /** Who is told that the work is finished may rely on it until the result expires. */
    private void finished(StoredRecord completed, Reply reply) {
      Ended ended = ClaimProtocol.afterEnd(completed, reply);
      if (ended instanceof ClaimProtocol.Lost) {
        counts.lost++;
      } else if (ended instanceof ClaimProtocol.Gone && client.finishesAnew()) {
        counts.finishedAnew++;
        Instant now = clock();
        send(() -> applyClaim(completed, now), 2, again -> finished(completed, again));
      } else if (!forgotten.contains(owner)) {
        resultUntil = completed.expiry().toEpochMilli();
      }
    }

    /**
     * Sends a write. The request or its answer may be lost, the request may arrive twice, much
     * later; without an answer it is sent again.
     */
    private void send(Supplier<Reply> write, int repeats, Consumer<Reply> then) {
      boolean[] answered = new boolean[1];
      if (!chance(10)) {
        at(time + delay(), () -> deliver(write.get(), answered, then));
      }
      if (chance(10)) {
        at(time + random.nextInt(40_000), () -> deliver(write.get(), new boolean[] {true}, then));
      }
      at(
          time + 800,
          () -> {
            if (!answered[0] && !isStopped() && repeats > 0) {
              send(write, repeats - 1, then);
            }
            answered[0] = true;
          });
    }

    private void deliver(Reply reply, boolean[] answered, Consumer<Reply> then) {
      if (chance(10)) {
        return;
      }
      at(
          time + delay() / 2,
          () -> {
            if (!answered[0] && !isStopped()) {
              answered[0] = true;
              then.accept(reply);
            }
          });
    }

    private long delay() {
      return chance(80) ? random.nextInt(40) : random.nextInt(1_500);
    }
  }

  private Reply applyClaim(StoredRecord claim, Instant now) {
    Reply reply = store.claim(claim, now);
    if (reply instanceof Reply.Written) {
      StoredRecord before = truth;
      if (before != null) {
        judgeReplacement(claim, before);
      }
      truth = claim;
      noteResult(claim);
    }
    return reply;
  }

  private void noteResult(StoredRecord record) {
    record.data().ifPresent(data -> completedData.add(new String(data, StandardCharsets.UTF_8)));
  }

  private void judgeReplacement(StoredRecord claim, StoredRecord before) {
    String who = claim.owner().orElseThrow() + " replaces the record of " + before.owner().get();
    if (before.status() == Status.COMPLETED) {
      counts.renewed++;
      if (time + MAX_SKEW_MILLIS < before.expiry().toEpochMilli()) {
        violation(who + ", whose result still counts");
      }
    } else if (time <= Objects.requireNonNull(byOwner.get(before.owner().get())).leaseEnd) {
      violation(who + ", whose lease is not over");
    }
  }

  private Reply applyComplete(StoredRecord completed, Instant now) {
    Reply reply = store.complete(completed, now);
    if (reply instanceof Reply.Written) {
      requireOwn("overwrites", completed);
      noteResult(completed);
      if (completed.data().isEmpty()) {
        String owner = completed.owner().orElseThrow();
        forgotten.add(owner);
        Objects.requireNonNull(byOwner.get(owner)).resultUntil = 0;
      }
      truth = completed;
    }
    return reply;
  }

  private Reply applyRelease(StoredRecord claim, Instant now) {
    Reply reply = store.release(claim, now);
    if (reply instanceof Reply.Written) {
      requireOwn("deletes", claim);
      if (truth != null && truth.status() == Status.COMPLETED) {
        violation(claim.owner().get() + " deletes a result");
      }
      truth = null;
    }
    return reply;
  }

  private void requireOwn(String verb, StoredRecord mine) {
    StoredRecord before = truth;
    if (before == null || !before.owner().equals(mine.owner())) {
      violation(mine.owner().get() + " " + verb + " what is not its own: " + before);
    }
  }
}
