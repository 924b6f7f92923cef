// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.SourceQueues.DeniedException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Deletes what is done ahead of the response, so that what comes after can't bring it back by
 * killing the function. What is deleted so is not reported as failed either way. Made for one
 * batch; confined to one thread.
 */
final class EarlyDeletes {

  private static final String PERMISSION = "sqs:DeleteMessage";
  private static final int MOST_ENTRIES = 10;

  private final LiveInvocation batch;
  private final List<? extends BatchRecord> records;
  private final Ledger ledger;
  private final BitSet deleted = new BitSet();

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
    BitSet done = new BitSet();
    List<BatchRecord> doneRecords = new ArrayList<>();
    for (int i = 0; i < ledger.size(); i++) {
      if (!deleted.get(i) && ledger.isAcknowledged(i)) {
        done.set(i);
        doneRecords.add(records.get(i));
      }
    }
    if (delete(doneRecords)) {
      deleted.or(done);
      return true;
    }
    if (next.lane() == null) {
      BatchLog.suspectsReturned();
    }
    return next.lane() != null;
  }

  /** Whether the queue confirmed it of each. */
  private boolean delete(List<? extends BatchRecord> done) {
    Map<String, List<String>> bySource = new LinkedHashMap<>();
    for (BatchRecord record : done) {
      String receipt = record.receipt();
      if (receipt != null) {
        bySource.computeIfAbsent(record.source(), source -> new ArrayList<>()).add(receipt);
      }
    }
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
            "records that were received often are not run in a batch with others, but come again";
        BatchLog.denied(PERMISSION, source, consequence, e);
      }
    } catch (RuntimeException | LinkageError e) {
      BatchLog.notDeleted(receipts.size(), e);
    }
    return false;
  }
}
