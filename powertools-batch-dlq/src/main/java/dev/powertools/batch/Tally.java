// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;

/** Counts records by outcome. Confined to one thread. */
final class Tally {

  private int done;
  private int ignored;
  private int retryLater;
  private int deadLettered;
  private int notRun;
  private int outOfTime;
  private int stillRunning;
  private int mostReceives;
  private long sentFirst = Long.MAX_VALUE;

  void count(BatchRecord record, Settled settled) {
    mostReceives = Math.max(mostReceives, record.receiveCount());
    switch (settled.end().kind()) {
      case DONE -> done += success(record);
      case IGNORED -> ignored += success(record);
      case RETRY_LATER -> {
        retryLater++;
        stillRunning += settled instanceof Settled.StillRunning ? 1 : 0;
      }
      case DEAD_LETTERED -> deadLettered++;
      case NOT_RUN -> {
        notRun++;
        outOfTime += settled instanceof Settled.NotRun unrun && unrun.outOfTime() ? 1 : 0;
      }
    }
  }

  private int success(BatchRecord record) {
    long sent = record.sentMillis();
    if (sent > 0) {
      sentFirst = Math.min(sentFirst, sent);
    }
    return 1;
  }

  void tell(LiveInvocation batch) {
    if (outOfTime + stillRunning > 0) {
      batch.emit(new BatchSignal.OutOfTime(outOfTime, stillRunning));
    }
    Duration oldest = Duration.ZERO;
    if (sentFirst < Long.MAX_VALUE) {
      long age = batch.runtime().timing().now().toEpochMilli() - sentFirst;
      oldest = Duration.ofMillis(Math.max(0, age)); // the queue has a clock of its own
    }
    batch.emit(
        new BatchSignal.Ended(
            done, ignored, retryLater, deadLettered, notRun, mostReceives, oldest));
  }
}
