// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The batch loop: one delivery of records, from what was given to what the source must keep.
 *
 * <p><b>Accounting.</b> Each record has one slot in a {@link Ledger}, which goes from pending to
 * settled once. Nobody collects failures: when all records have run, the answer is everything that
 * was given minus what is proven done, ignored or dead-lettered. Whatever goes wrong in here thus
 * errs towards another delivery, and a slot that was never settled is a bug that throws, which
 * returns the whole batch.
 *
 * <p><b>Dead letters.</b> A record that can never succeed is parked: its unit of work stays open
 * until the dead-letter queue has confirmed it, and only then is the record settled and its {@code
 * onEnd} hooks told. Parked records wait for the end of the batch to be sent together, save in a
 * lane, whose next record must not start before the earlier one is in safety.
 *
 * <p><b>Lanes.</b> A lane (the group of a FIFO queue) is closed by its first record that is not
 * acknowledged; the rest of it does not run. Other lanes go on.
 *
 * <p><b>Threads.</b> {@link #take} may run on many threads, for one lane on one at a time; what it
 * shares is the ledger, the set of closed lanes and a flag. The rest is confined to the thread that
 * calls {@link #unacknowledged}, and runs after the dispatch has returned.
 *
 * <p><b>Interruption</b> stops the batch: what has not begun is not run. A flag that stood before
 * is set aside meanwhile, or else a thread that was interrupted once would never run a record
 * again.
 */
final class BatchRun<R extends BatchRecord> {

  private final LiveInvocation batch;
  private final List<R> records;
  private final RecordWork<R> work;
  private final DeadLetters deadLetters;
  private final Set<String> claimedTwice;
  private final Ledger ledger;
  private final Set<String> closedLanes = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * Begins.
   *
   * @param batch the unit of work of the whole batch
   * @param given what the source gave us; a record that is in it twice is run once
   * @param work what is done with each
   * @param deadLetters takes those that can never succeed
   */
  BatchRun(LiveInvocation batch, List<R> given, RecordWork<R> work, DeadLetters deadLetters) {
    this.batch = batch;
    this.records = distinct(given);
    this.work = work;
    this.deadLetters = deadLetters;
    this.ledger = new Ledger(records.size());
    this.claimedTwice = claimedTwice(records);
  }

  /** Work that several records of the batch claim to be: it proves nothing for any of them. */
  private static Set<String> claimedTwice(List<? extends BatchRecord> records) {
    Set<String> twice = Set.of();
    Set<String> ids = Set.of();
    for (BatchRecord record : records) {
      if (!record.workId().equals(record.id())) {
        ids = ids.isEmpty() ? idsOf(records) : ids;
        twice = twice.isEmpty() ? new HashSet<>() : twice;
        if (!ids.add(record.workId())) {
          twice.add(record.workId());
        }
      }
    }
    return twice;
  }

  private static Set<String> idsOf(List<? extends BatchRecord> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(record -> ids.add(record.id()));
    return ids;
  }

  private String workId(R record) {
    return claimedTwice.contains(record.workId()) ? record.id() : record.workId();
  }

  private static <R extends BatchRecord> List<R> distinct(List<R> given) {
    if (!mayRepeat(given)) {
      return given;
    }
    Set<String> seen = new HashSet<>(2 * given.size());
    List<R> records = new ArrayList<>(given.size());
    for (R record : given) {
      if (seen.add(record.id())) {
        records.add(record);
      }
    }
    return records;
  }

  /** Different hashes prove different ids, at a tenth of the memory that a set takes. */
  private static boolean mayRepeat(List<? extends BatchRecord> given) {
    int[] hashes = new int[given.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = given.get(i).id().hashCode();
    }
    Arrays.sort(hashes);
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        return true;
      }
    }
    return false;
  }

  /** Runs the records; returns those that the source must keep, in the order of the batch. */
  List<R> unacknowledged(Dispatch dispatch) {
    boolean interruptedBefore = Thread.interrupted();
    try {
      dispatch.each(records.size(), this::take);
      send(parked());
      return subtract();
    } catch (Throwable t) {
      abandon(t);
      throw t;
    } finally {
      if (interruptedBefore) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void take(int index) {
    R record = records.get(index);
    String lane = record.lane();
    if (stopped || (lane != null && closedLanes.contains(lane))) {
      ledger.settle(index, Settled.NotRun.INSTANCE);
      return;
    }
    run(index, record);
    if (lane != null) {
      finishInLane(index, lane);
    }
    if (Thread.currentThread().isInterrupted()) {
      stopped = true;
    }
  }

  private void finishInLane(int index, String lane) {
    if (ledger.parked(index) != null) {
      send(List.of(index));
    }
    if (!ledger.settled(index).isAcknowledged()) {
      closedLanes.add(lane);
    }
  }

  private void run(int index, R record) {
    LiveInvocation invocation =
        batch
            .child()
            .workId(workId(record))
            .event(record.event())
            .work(record)
            .fact(RecordContext.MESSAGE_ID, record.id())
            .open();
    Progress progress;
    try (Scope.Attached scope = Scope.of(invocation).attach()) {
      progress = withHooks(record, invocation);
      BatchLog.ran(record, progress, invocation);
    } catch (Throwable t) {
      invocation.end(new FinalOutcome(FinalOutcome.Kind.RETRY_LATER, t));
      throw t;
    }
    if (progress instanceof Parked parked) {
      ledger.park(index, parked);
    } else {
      settle(index, (Settled) progress, invocation);
    }
  }

  private Progress withHooks(R record, LiveInvocation invocation) {
    try {
      return Verdicts.ofResult(work.call(invocation, record), invocation);
    } catch (Throwable t) {
      return Verdicts.ofFailure(t, invocation);
    } finally {
      invocation.runBeforeResponse();
    }
  }

  private void settle(int index, Settled settled, LiveInvocation invocation) {
    if (ledger.settle(index, settled)) {
      invocation.end(settled.end());
    }
  }

  private List<Integer> parked() {
    List<Integer> parked = new ArrayList<>(0);
    for (int i = 0; i < ledger.size(); i++) {
      if (ledger.parked(i) != null) {
        parked.add(i);
      }
    }
    return parked;
  }

  private void send(List<Integer> indices) {
    List<DeadLetters.Due> due = new ArrayList<>(indices.size());
    for (int index : indices) {
      due.add(new DeadLetters.Due(records.get(index), ledger.parkedWith(index)));
    }
    BitSet confirmed = due.isEmpty() ? new BitSet() : deadLetters.send(batch, due);
    for (int i = 0; i < due.size(); i++) {
      settleParked(indices.get(i), due.get(i), confirmed.get(i));
    }
  }

  private void settleParked(int index, DeadLetters.Due due, boolean confirmed) {
    Parked parked = due.parked();
    BatchLog.sent(due, confirmed);
    settle(
        index,
        confirmed
            ? new Settled.DeadLettered(parked.failure())
            : new Settled.RetryLater(Duration.ZERO, parked.failure()),
        parked.invocation());
  }

  private List<R> subtract() {
    List<R> unacknowledged = new ArrayList<>(0);
    Tally tally = new Tally();
    for (int i = 0; i < records.size(); i++) {
      Settled settled = ledger.settled(i);
      tally.count(settled);
      if (!settled.isAcknowledged()) {
        unacknowledged.add(records.get(i));
      }
    }
    batch.emit(tally.signal());
    return unacknowledged;
  }

  /** The whole batch will be delivered again, so what was not settled will be too. */
  private void abandon(Throwable failure) {
    for (int index : parked()) {
      Parked parked = ledger.parkedWith(index);
      settle(index, new Settled.RetryLater(Duration.ZERO, failure), parked.invocation());
    }
  }
}
