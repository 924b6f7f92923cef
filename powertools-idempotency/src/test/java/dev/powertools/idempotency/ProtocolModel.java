// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.Replayed;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.ClaimProtocol.Vanished;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
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
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private static final Duration EXPIRY = Duration.ofSeconds(25);
  private static final int MAX_SKEW_MILLIS = (int) ClaimProtocol.MARGIN.toMillis() / 2;

  /** What a client does, so that a broken one can be tried. */
  record Client(
      Function<Duration, Terms> terms, BiFunction<StoredRecord, Reply, Claimed> understand) {

    static Client correct() {
      return new Client(left -> Terms.until(left, EXPIRY), ClaimProtocol::afterClaim);
    }

    static Client withoutMargin() {
      return new Client(left -> new Terms(left, EXPIRY), ClaimProtocol::afterClaim);
    }

    static Client thatNeverYields() {
      return new Client(
          left -> Terms.until(left, EXPIRY),
          (claim, reply) -> {
            Claimed claimed = ClaimProtocol.afterClaim(claim, reply);
            return claimed instanceof ClaimProtocol.InProgress
                ? new Fresh(claim, Optional.empty())
                : claimed;
          });
    }
  }

  private final Random random;
  private final IdempotencyStore store;
  private final Client client;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<String, Attempt> byOwner = new HashMap<>();
  private final Set<String> completedData = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final Counts counts = new Counts();
  private @Nullable StoredRecord truth;
  private long time = 1_000_000;
  private long order;

  ProtocolModel(long seed, Supplier<IdempotencyStore> store, Client client) {
    this.random = new Random(seed);
    this.store = store.get();
    this.client = client;
  }

  private record Event(long at, long order, Runnable action) {}

  /** How often what happened, to prove that the runs are not boring. */
  static final class Counts {
    int bodies;
    int replays;
    int yields;
    int takeOvers;
    int recognised;
    int lost;
    int renewed;

    void add(Counts other) {
      bodies += other.bodies;
      replays += other.replays;
      yields += other.yields;
      takeOvers += other.takeOvers;
      recognised += other.recognised;
      lost += other.lost;
      renewed += other.renewed;
    }
  }

  ProtocolModel run() {
    int workers = 2 + random.nextInt(3);
    for (int worker = 0; worker < workers; worker++) {
      int skew = random.nextInt(2 * MAX_SKEW_MILLIS + 1) - MAX_SKEW_MILLIS;
      long start = time;
      for (int round = 0; round < ROUNDS; round++) {
        start += random.nextInt(15_000);
        String owner = "worker " + worker + " round " + round;
        at(start, () -> new Attempt(owner, skew).begin());
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

  Counts counts() {
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
   * One delivery to one worker. The platform stops it at its deadline; some crash before, and some
   * are not stopped at all and overrun their lease, as a plain process can.
   */
  private final class Attempt {

    private final String owner;
    private final int skew;
    private final boolean overruns;
    private final long timeLeft;
    private final long leaseEnd;
    private final long stop;
    private long protectedUntil;
    private boolean ranBody;

    Attempt(String owner, int skew) {
      this.owner = owner;
      this.skew = skew;
      this.overruns = chance(15);
      this.timeLeft = (overruns ? 6_000L : 1_000L) + random.nextInt(9_000);
      this.leaseEnd = time + timeLeft;
      this.stop = chance(25) ? time + random.nextInt(6_000) : overruns ? FOREVER : leaseEnd;
      this.protectedUntil = leaseEnd;
    }

    private boolean isStopped() {
      return time > stop;
    }

    private Instant clock() {
      return Instant.ofEpochMilli(time + skew);
    }

    void begin() {
      byOwner.put(owner, this);
      Instant now = clock();
      Terms terms = client.terms().apply(Duration.ofMillis(timeLeft));
      StoredRecord claim = ClaimProtocol.claim(ID, owner, terms, now);
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
        counts.replays++;
        String data = new String(replayed.completed().data().orElseThrow(), StandardCharsets.UTF_8);
        if (!completedData.contains(data)) {
          violation(owner + " replays \"" + data + "\", which nobody completed with");
        }
      } else if (claimed instanceof Vanished) {
        send(() -> applyClaim(claim, clock()), 1, again -> claimed(claim, again));
      } else {
        counts.yields++;
      }
    }

    private void body(StoredRecord claim) {
      counts.bodies++;
      for (Attempt other : byOwner.values()) {
        if (other != this && other.ranBody && time <= other.protectedUntil) {
          violation(owner + " runs the body inside the lease of " + other.owner);
        }
      }
      ranBody = true;
      boolean fails = chance(25);
      at(time + random.nextInt(overruns ? 30_000 : 8_000), () -> end(claim, fails));
    }

    private void end(StoredRecord claim, boolean fails) {
      if (isStopped()) {
        return;
      }
      if (fails) {
        protectedUntil = Math.min(protectedUntil, time);
        send(() -> applyRelease(claim, clock()), 1, reply -> ended(claim, reply));
      } else {
        StoredRecord completed =
            ClaimProtocol.completion(claim, EXPIRY, clock())
                .data(owner.getBytes(StandardCharsets.UTF_8))
                .build();
        send(() -> applyComplete(completed, clock()), 3, reply -> ended(claim, reply));
      }
    }

    private void ended(StoredRecord claim, Reply reply) {
      counts.lost += ClaimProtocol.afterEnd(claim, reply) instanceof ClaimProtocol.Lost ? 1 : 0;
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
    }
    return reply;
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
      completedData.add(new String(completed.data().orElseThrow(), StandardCharsets.UTF_8));
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
