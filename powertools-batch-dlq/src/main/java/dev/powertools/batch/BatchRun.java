// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Progress.Running;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Pauser;
import dev.powertools.core.internal.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * acknowledged; the rest of it does not run. Other lanes go on.
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
    this.records = distinct(given);
    this.work = work;
    this.deadLetters = deadLetters;
    this.options = options;
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
  List<R> unacknowledged(Supplier<? extends @Nullable Dispatch> dispatches) {
    boolean interruptedBefore = Thread.interrupted();
    try {
      runInParts(dispatches);
      List<R> unacknowledged = subtract();
      if (!unacknowledged.isEmpty()) {
        postpone();
      }
      return unacknowledged;
    } catch (Throwable t) {
      abandon(t);
      throw t;
    } finally {
      if (interruptedBefore) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void runInParts(Supplier<? extends @Nullable Dispatch> dispatches) {
    List<int[]> parts =
        Isolation.isNeeded(records)
            ? Isolation.parts(batch, records, options)
            : List.of(everyIndex());
    EarlyDeletes deletes = parts.size() == 1 ? null : new EarlyDeletes(batch, records, ledger);
    for (int[] part : parts) {
      boolean safe = deletes == null || deletes.before(records.get(part[0]));
      if (!safe || Thread.currentThread().isInterrupted()) {
        break;
      }
      Dispatch dispatch = dispatches.get();
      if (dispatch == null) {
        BatchLog.noTime();
        break;
      }
      run(part, dispatch);
    }
    for (int i = 0; i < records.size(); i++) {
      if (ledger.progress(i) == null) {
        ledger.settle(i, Settled.NotRun.INSTANCE);
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

  private void run(int[] part, Dispatch dispatch) {
    pauser = dispatch.pauser();
    dispatch.each(part.length, i -> records.get(part[i]).lane(), i -> take(part[i]));
    close(part);
    send(parked(part));
  }

  private void take(int index) {
    R record = records.get(index);
    String lane = record.lane();
    if (lane != null && closedLanes.contains(lane)) {
      ledger.settle(index, Settled.NotRun.INSTANCE);
      return;
    }
    run(index, record);
    if (lane != null) {
      finishInLane(index, lane);
    }
  }

  /**
   * Draws the line when the dispatch has returned: what has not begun never will, and what still
   * runs is delivered again, whatever it comes to. So is what waits in a lane for its dead letter:
   * the thread that sends it may not come back.
   */
  private void close(int[] part) {
    for (int i : part) {
      Progress progress = ledger.progress(i);
      if (progress == null && ledger.settle(i, Settled.NotRun.INSTANCE)) {
        continue;
      }
      if (ledger.progress(i) instanceof Running running) {
        BatchLog.tooSlow(records.get(i));
        settle(i, Settled.StillRunning.INSTANCE, running.invocation());
      }
      Parked parked = ledger.parked(i);
      if (parked != null && records.get(i).lane() != null) {
        settle(i, new Settled.RetryLater(null, parked.failure()), parked.invocation());
      }
    }
  }

  private void finishInLane(int index, String lane) {
    if (ledger.parked(index) != null) {
      send(List.of(index));
    }
    if (!ledger.isAcknowledged(index)) {
      closedLanes.add(lane);
    }
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
      BatchLog.ran(record, progress, invocation);
    } catch (Throwable t) {
      invocation.end(new FinalOutcome(FinalOutcome.Kind.RETRY_LATER, t));
      throw t;
    }
    boolean counts =
        progress instanceof Parked parked
            ? ledger.park(index, parked)
            : settle(index, (Settled) progress, invocation);
    if (!counts) {
      BatchLog.late(record, progress);
    }
  }

  private LiveInvocation open(R record) {
    LiveInvocation.Builder builder =
        batch
            .child()
            .workId(workId(record))
            .event(record.event())
            .work(record)
            .fact(RecordContext.MESSAGE_ID, record.id());
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
    boolean first = ledger.settle(index, settled);
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
      tally.count(settled);
      if (!settled.isAcknowledged()) {
        unacknowledged.add(records.get(i));
      }
    }
    batch.emit(tally.signal());
    return unacknowledged;
  }

  /** The outcome stands; what can still be ruled is when the records come again. */
  private void postpone() {
    Redeliveries redeliveries = new Redeliveries(batch, options.redelivery().orElse(null));
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
