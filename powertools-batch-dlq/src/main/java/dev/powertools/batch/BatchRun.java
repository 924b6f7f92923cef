// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Progress.Running;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Pauser;
import dev.powertools.core.internal.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
 * acknowledged, or by a dead letter if that is asked for; the rest of it does not run. Other lanes
 * go on. In a shard of a stream all that is behind such a record comes again, whatever becomes of
 * it, so no lane goes on beyond it; what is before it still runs, since that moves the place from
 * which the shard goes on.
 *
 * <p><b>Parts.</b> What was received often may be what kills the function. It runs last and alone,
 * after what is done was deleted: see {@link Isolation}. Nearly always there is one part.
 *
 * <p><b>Threads.</b> {@link #take} may run on many threads, for one lane on one at a time; what it
 * shares is the ledger and the set of closed lanes. The rest is confined to the thread that calls
 * {@link #unacknowledged}, and runs after the dispatch has returned.
 *
 * <p><b>The line.</b> A dispatch returns when all records have run, or when it was stopped, since
 * the deadline nears or the thread was interrupted. Then the line is drawn: what has not begun is
 * not run, what still runs is delivered again. Its late outcome meets a slot that is settled, and
 * changes nothing; what it does by itself, such as completing a claim, is not hindered.
 *
 * <p>A flag of interruption that stood before is set aside meanwhile, or else a thread that was
 * interrupted once would never run a record again.
 */
final class BatchRun<R extends BatchRecord> {

  private final LiveInvocation batch;
  private final List<R> records;
  private final RecordWork<R> work;
  private final DeadLetters deadLetters;
  private final BatchOptions options;
  private final Set<String> claimedTwice;
  private final Ledger ledger;
  private final Set<String> closedLanes = ConcurrentHashMap.newKeySet();
  private final boolean isolates;
  private final @Nullable EarlyDeletes deletes;
  private final @Nullable EarlyAcks acks;
  private @Nullable Dispatch dispatch;
  private final AtomicInteger last = new AtomicInteger(Integer.MAX_VALUE);
  private @Nullable Pauser pauser;

  /**
   * Begins.
   *
   * @param batch the unit of work of the whole batch
   * @param given what the source gave us; a record that is in it twice is run once
   * @param work what is done with each
   * @param deadLetters takes those that can never succeed
   * @param options how the batch is worked on
   */
  BatchRun(
      LiveInvocation batch,
      List<R> given,
      RecordWork<R> work,
      DeadLetters deadLetters,
      BatchOptions options) {
    this.batch = batch;
    this.records = Identities.distinct(given);
    this.work = work;
    this.deadLetters = deadLetters;
    this.options = options;
    this.ledger = new Ledger(records.size());
    this.claimedTwice = Identities.claimedTwice(records);
    this.isolates = Isolation.isNeeded(records);
    boolean early = options.acknowledgedEvery().isPresent();
    this.deletes = early || isolates ? new EarlyDeletes(batch, records, ledger) : null;
    this.acks = early && deletes != null ? new EarlyAcks(batch, records, deletes, options) : null;
  }

  private String workId(R record) {
    return claimedTwice.contains(record.workId()) ? record.id() : record.workId();
  }

  /** Runs the records; returns those that the source must keep, in the order of the batch. */
  List<R> unacknowledged(Supplier<? extends @Nullable Dispatch> dispatches) {
    boolean interruptedBefore = Thread.interrupted();
    try {
      runInParts(dispatches);
      List<R> unacknowledged = subtract();
      if (!unacknowledged.isEmpty()) {
        postpone();
      }
      if (options.throwsOnFullFailure() && isFull(unacknowledged)) {
        throw FullBatchFailureException.of(ledger);
      }
      return unacknowledged;
    } catch (Throwable t) {
      abandon(t);
      throw t;
    } finally {
      if (acks != null) {
        acks.close();
      }
      if (interruptedBefore) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isFull(List<R> unacknowledged) {
    return !records.isEmpty() && unacknowledged.size() == records.size();
  }

  private void runInParts(Supplier<? extends @Nullable Dispatch> dispatches) {
    List<int[]> parts = isolates ? Isolation.parts(batch, records, options) : List.of(everyIndex());
    boolean inTime = true;
    for (int[] part : parts) {
      boolean safe = deletes == null || parts.size() == 1 || deletes.before(records.get(part[0]));
      if (!safe || Thread.currentThread().isInterrupted()) {
        break;
      }
      Dispatch next = dispatches.get();
      inTime = next != null;
      if (next == null) {
        BatchLog.noTime();
        break;
      }
      if (!run(part, next)) {
        inTime = Thread.currentThread().isInterrupted();
        break;
      }
    }
    for (int i = 0; i < records.size(); i++) {
      if (ledger.progress(i) == null) {
        ledger.settle(i, inTime ? Settled.NotRun.INSTANCE : Settled.NotRun.OUT_OF_TIME);
      }
    }
  }

  private int[] everyIndex() {
    int[] indices = new int[records.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
    return indices;
  }

  /** Whether all of the part came to its end. */
  private boolean run(int[] part, Dispatch by) {
    dispatch = by;
    pauser = by.pauser();
    if (options.maxConcurrency() > 1) {
      by.shareBy(i -> options.fairnessKey(records.get(part[i])));
    }
    by.each(part.length, i -> records.get(part[i]).lane(), i -> take(part[i]));
    boolean ended = close(part);
    send(parked(part));
    return ended;
  }

  private void take(int index) {
    R record = records.get(index);
    String lane = record.lane();
    if (index > last.get() || (lane != null && closedLanes.contains(lane))) {
      ledger.settle(index, Settled.NotRun.INSTANCE);
      return;
    }
    run(index, record);
    if (lane != null && ledger.parked(index) != null) {
      send(List.of(index));
    }
    if (acks != null && ledger.isAcknowledged(index)) {
      acks.acknowledged(index);
    }
  }

  /**
   * Draws the line when the dispatch has returned: what has not begun never will, and what still
   * runs is delivered again, whatever it comes to. So is what waits in a lane for its dead letter:
   * the thread that sends it may not come back. Lanes are closed by either.
   *
   * @return whether all had come to their end before
   */
  private boolean close(int[] part) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    boolean ended = true;
    for (int i : part) {
      ended &= !ledger.settle(i, null, Settled.NotRun.of(!interrupted)) && !isBrokenOff(i);
      String lane = records.get(i).lane();
      if (lane != null && !ledger.isAcknowledged(i)) {
        closeLane(i, lane);
      }
    }
    return ended;
  }

  private boolean isBrokenOff(int index) {
    Progress progress = ledger.progress(index);
    if (progress instanceof Running running) {
      BatchLog.tooSlow(records.get(index));
      return settle(index, Settled.StillRunning.INSTANCE, running.invocation());
    }
    return progress instanceof Parked parked
        && records.get(index).lane() != null
        && settle(index, new Settled.RetryLater(null, parked.failure()), parked.invocation());
  }

  private void closeLane(int index, String lane) {
    closedLanes.add(lane);
    if (records.get(index).isCheckpoint()) {
      last.accumulateAndGet(index, Math::min);
    }
  }

  private boolean isBlocking(int index) {
    return options.blocksGroups() && ledger.progress(index) instanceof Settled.DeadLettered;
  }

  private void run(int index, R record) {
    LiveInvocation invocation = open(record);
    if (!ledger.begin(index, new Running(invocation))) {
      return;
    }
    Progress progress;
    try (Scope.Attached scope = Scope.of(invocation).attach()) {
      progress =
          options.isPoison(record)
              ? Verdicts.poison(record, invocation)
              : unlessExhausted(record, withHooks(record, invocation), invocation);
      if (ledger.progress(index) instanceof Running) { // else it is late, and counts nowhere
        BatchLog.ran(record, progress, invocation);
      }
    } catch (Throwable t) {
      invocation.end(new FinalOutcome(FinalOutcome.Kind.RETRY_LATER, t));
      throw t;
    }
    boolean counts =
        progress instanceof Parked parked
            ? park(index, parked)
            : settle(index, (Settled) progress, invocation);
    if (!counts) {
      BatchLog.late(record, progress, invocation);
    }
  }

  private boolean park(int index, Parked parked) {
    boolean counts = ledger.park(index, parked);
    if (dispatch != null) {
      dispatch.reserveMore();
    }
    return counts;
  }

  private LiveInvocation open(R record) {
    LiveInvocation.Builder builder =
        batch
            .child()
            .workId(workId(record))
            .event(record.event())
            .work(record)
            .fact(record.idKey(), record.id());
    return (pauser == null ? builder : builder.pauser(pauser)).open();
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

  /** What fails for the last time is better kept with its failure than given up by the queue. */
  private Progress unlessExhausted(R record, Progress progress, LiveInvocation invocation) {
    boolean exhausted =
        progress instanceof Settled.RetryLater later
            && record.receipt() != null
            && Verdicts.hasFailed(later, invocation)
            && isLastReceive(record);
    return exhausted ? Verdicts.exhausted(record, progress, invocation) : progress;
  }

  /** Asks as the batch, so that what the SDK logs meanwhile is not among the record's own lines. */
  private boolean isLastReceive(R record) {
    try (Scope.Attached scope = Scope.of(batch).attach()) {
      return record.receiveCount() >= ReceiveLimits.of(batch.runtime()).of(record.source());
    }
  }

  private boolean settle(int index, Settled settled, LiveInvocation invocation) {
    if (!settled.isAcknowledged() && records.get(index).isCheckpoint()) {
      last.accumulateAndGet(index, Math::min); // before anybody hears of it
    }
    boolean first = ledger.settle(index, settled);
    String lane = records.get(index).lane();
    if (first && lane != null && (!settled.isAcknowledged() || isBlocking(index))) {
      closeLane(index, lane);
    }
    if (first) {
      invocation.end(settled.end());
    }
    return first;
  }

  private List<Integer> parked(int[] part) {
    List<Integer> parked = new ArrayList<>(0);
    for (int i : part) {
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
    try (Scope.Attached scope = Scope.of(parked.invocation()).attach()) {
      BatchLog.sent(due, confirmed);
    }
    settle(
        index,
        confirmed
            ? new Settled.DeadLettered(parked.failure())
            : new Settled.RetryLater(null, parked.failure()),
        parked.invocation());
  }

  private List<R> subtract() {
    List<R> unacknowledged = new ArrayList<>(0);
    Tally tally = new Tally();
    for (int i = 0; i < records.size(); i++) {
      Settled settled = ledger.settled(i);
      tally.count(records.get(i), settled);
      if (!settled.isAcknowledged()) {
        unacknowledged.add(records.get(i));
      }
    }
    tally.tell(batch);
    return unacknowledged;
  }

  /** The outcome stands; what can still be ruled is when the records come again. */
  private void postpone() {
    Redeliveries redeliveries = new Redeliveries(batch, options);
    for (int i = 0; i < records.size(); i++) {
      Settled settled = ledger.settled(i);
      if (!settled.isAcknowledged()) {
        redeliveries.add(records.get(i), settled);
      }
    }
    redeliveries.ask();
  }

  /** The whole batch will be delivered again, so what was not settled will be too. */
  private void abandon(Throwable failure) {
    Settled again = new Settled.RetryLater(null, failure);
    for (int i = 0; i < ledger.size(); i++) {
      Progress progress = ledger.progress(i);
      if (progress instanceof Running running) {
        settle(i, again, running.invocation());
      } else if (progress instanceof Parked parked) {
        settle(i, again, parked.invocation());
      }
    }
  }
}
