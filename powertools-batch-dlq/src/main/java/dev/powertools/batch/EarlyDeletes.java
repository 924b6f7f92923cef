// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.SourceQueues.DeniedException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.WarnedOf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Deletes what is done ahead of the response, so that what comes after can't bring it back by
 * killing the function. What is deleted so is not reported as failed either way. Made for one
 * batch; thread-safe.
 */
final class EarlyDeletes {

  private static final String PERMISSION = "sqs:DeleteMessage";
  private static final int MOST_ENTRIES = 10;

  private final LiveInvocation batch;
  private final List<? extends BatchRecord> records;
  private final Ledger ledger;
  private final BitSet deleted = new BitSet(); // guarded by itself

  EarlyDeletes(LiveInvocation batch, List<? extends BatchRecord> records, Ledger ledger) {
    this.batch = batch;
    this.records = records;
    this.ledger = ledger;
  }

  /**
   * Deletes what is done so far, before a record that may kill the function. Where that can't be
   * had the record must not run, save in a lane: that must go on.
   *
   * @return whether it may run
   */
  boolean before(BatchRecord next) {
    List<Integer> done = new ArrayList<>();
    for (int i = 0; i < ledger.size(); i++) {
      if (!isDeleted(i) && ledger.isAcknowledged(i)) {
        done.add(i);
      }
    }
    if (deleteSideBySide(done)) {
      noteDeleted(done);
      return true;
    }
    if (next.lane() == null) {
      BatchLog.suspectsReturned();
    }
    return next.lane() != null;
  }

  /** Whether the queue has confirmed it of a record. */
  boolean isDeleted(int index) {
    synchronized (deleted) {
      return deleted.get(index);
    }
  }

  private void noteDeleted(List<Integer> indices) {
    synchronized (deleted) {
      indices.forEach(deleted::set);
    }
  }

  /** Deletes at once up to ten records that are acknowledged; whether the queue confirmed it. */
  boolean delete(List<Integer> indices) {
    boolean done = true;
    for (Map.Entry<String, List<String>> each : receipts(indices).entrySet()) {
      done &= delete(each.getKey(), each.getValue());
    }
    if (done) {
      noteDeleted(indices);
    }
    return done;
  }

  private Map<String, List<String>> receipts(List<Integer> indices) {
    Map<String, List<String>> bySource = new LinkedHashMap<>();
    for (int index : indices) {
      BatchRecord record = records.get(index);
      String receipt = record.receipt();
      if (receipt != null) {
        bySource.computeIfAbsent(record.source(), source -> new ArrayList<>()).add(receipt);
      }
    }
    return bySource;
  }

  /** Whether the queue confirmed it of each. */
  private boolean deleteSideBySide(List<Integer> done) {
    Map<String, List<String>> bySource = receipts(done);
    List<Runnable> requests = new ArrayList<>();
    AtomicInteger confirmed = new AtomicInteger();
    bySource.forEach(
        (source, receipts) -> {
          for (int i = 0; i < receipts.size(); i += MOST_ENTRIES) {
            List<String> some =
                List.copyOf(receipts.subList(i, Math.min(i + MOST_ENTRIES, receipts.size())));
            requests.add(() -> confirmed.addAndGet(delete(source, some) ? 1 : 0));
          }
        });
    if (!requests.isEmpty()) {
      Dispatches.brief(batch)
          .each(requests.size(), index -> null, index -> requests.get(index).run());
    }
    return confirmed.get() == requests.size();
  }

  private boolean delete(String source, List<String> receipts) {
    FunctionRuntime runtime = batch.runtime();
    Denials denials = runtime.part(Denials.class, r -> new Denials());
    if (denials.has(PERMISSION, source)) {
      return false;
    }
    try {
      return runtime.part(SourceQueues.class, r -> new SqsSourceQueues(r)).delete(source, receipts);
    } catch (DeniedException e) {
      if (denials.isNew(PERMISSION, source)) {
        String consequence =
            "only the response acknowledges, and records that were received often are not run in a"
                + " batch with others, but come again";
        BatchLog.denied(PERMISSION, source, consequence, e);
      }
    } catch (RuntimeException | LinkageError e) {
      boolean first = runtime.part(WarnedOf.class, r -> new WarnedOf()).first(EarlyDeletes.class);
      BatchLog.notDeleted(receipts.size(), e, first);
    }
    return false;
  }
}
