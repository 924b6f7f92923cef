// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

/** Counts records by outcome. Confined to one thread. */
final class Tally {

  private int done;
  private int ignored;
  private int retryLater;
  private int deadLettered;
  private int notRun;

  void count(Settled settled) {
    switch (settled.end().kind()) {
      case DONE -> done++;
      case IGNORED -> ignored++;
      case RETRY_LATER -> retryLater++;
      case DEAD_LETTERED -> deadLettered++;
      case NOT_RUN -> notRun++;
    }
  }

  BatchSignal.Ended signal() {
    return new BatchSignal.Ended(done, ignored, retryLater, deadLettered, notRun);
  }
}
