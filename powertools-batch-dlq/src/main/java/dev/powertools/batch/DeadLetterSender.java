// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.DeadLetterQueue.Receipt;
import dev.powertools.batch.DeadLetterQueue.UnusableException;
import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters in requests of at most ten messages and 1 MiB. Messages that are not confirmed
 * are sent again, up to three times in all, with pauses of random length between; those that the
 * queue refuses are not. Less than {@link #LEAST_TIME} before the deadline no request is begun.
 * After a request of which nothing was confirmed nor refused in all attempts the rest is not tried,
 * since the queue is out of reach; nor after one that says that it can't be used. No request takes
 * longer than until shortly before the deadline. Made for one sending; confined to one thread.
 */
final class DeadLetterSender {

  static final int MOST_ENTRIES = 10;
  static final int MOST_BYTES = 1024 * 1024;
  static final int ATTEMPTS = 3;
  static final Duration LEAST_TIME = Duration.ofMillis(500);

  private static final Duration MARGIN = Duration.ofMillis(250);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

  private static final long BASE_PAUSE_MILLIS = 100;

  private final DeadLetterQueue queue;
  private final Timing timing;
  private final RandomGenerator random;
  private final Supplier<Optional<Duration>> remaining;
  private @Nullable UnusableException unusable;

  /**
   * Made for one queue and one batch.
   *
   * @param remaining the time left until the deadline, if there is one
   */
  DeadLetterSender(
      DeadLetterQueue queue,
      Timing timing,
      RandomGenerator random,
      Supplier<Optional<Duration>> remaining) {
    this.queue = queue;
    this.timing = timing;
    this.random = random;
    this.remaining = remaining;
  }

  /** Sends; returns which messages the queue confirmed. */
  BitSet send(List<DeadLetterMessage> messages) {
    BitSet confirmed = new BitSet(messages.size());
    for (List<Integer> request : requests(messages)) {
      if (!send(messages, request, confirmed)) {
        break;
      }
    }
    return confirmed;
  }

  /** Why the queue can't be used, if it said so; {@code null} if it did not. */
  @Nullable UnusableException unusable() {
    return unusable;
  }

  static List<List<Integer>> requests(List<DeadLetterMessage> messages) {
    List<List<Integer>> requests = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < messages.size(); i++) {
      int size = messages.get(i).size();
      if (open.size() == MOST_ENTRIES || (!open.isEmpty() && bytes + size > MOST_BYTES)) {
        requests.add(open);
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(i);
      bytes += size;
    }
    if (!open.isEmpty()) {
      requests.add(open);
    }
    return requests;
  }

  /** Whether it is worth going on with other messages. */
  private boolean send(List<DeadLetterMessage> messages, List<Integer> request, BitSet confirmed) {
    List<Integer> open = new ArrayList<>(request);
    boolean answered = false;
    for (int attempt = 1; attempt <= ATTEMPTS && !open.isEmpty() && mayTry(attempt); attempt++) {
      List<Receipt> receipts = attempt(messages, open);
      answered |= keepUnknown(open, receipts, confirmed);
    }
    return answered && unusable == null;
  }

  private boolean mayTry(int attempt) {
    if (unusable != null || (attempt > 1 && !pause(attempt))) {
      return false;
    }
    return remaining.get().map(left -> left.compareTo(LEAST_TIME) >= 0).orElse(true);
  }

  private boolean pause(int attempt) {
    long bound = BASE_PAUSE_MILLIS << (2 * (attempt - 2));
    try {
      timing.sleep(Duration.ofMillis(1 + random.nextLong(bound)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Receipt> attempt(List<DeadLetterMessage> messages, List<Integer> open) {
    List<DeadLetterMessage> chosen = new ArrayList<>(open.size());
    for (int index : open) {
      chosen.add(messages.get(index));
    }
    try {
      return queue.send(chosen, longest());
    } catch (UnusableException e) {
      unusable = e;
      return List.of();
    } catch (RuntimeException | LinkageError e) {
      BatchLog.unsent("Dead letters were sent and nobody knows whether they arrived", e);
      return List.of();
    }
  }

  private Duration longest() {
    Duration left = remaining.get().map(all -> all.minus(MARGIN)).orElse(LONGEST_REQUEST);
    return left.compareTo(LONGEST_REQUEST) < 0 ? left : LONGEST_REQUEST;
  }

  /** Notes what is confirmed and drops what is decided; whether anything was. */
  private static boolean keepUnknown(List<Integer> open, List<Receipt> receipts, BitSet confirmed) {
    boolean decided = false;
    Iterator<Integer> each = open.iterator();
    for (Receipt receipt : receipts) {
      int index = each.next();
      if (receipt != Receipt.UNKNOWN) {
        confirmed.set(index, receipt == Receipt.CONFIRMED);
        each.remove();
        decided = true;
      }
    }
    return decided;
  }
}
