// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.batch.Parallel;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;

/** A batch of raw bodies by the base class, whose work costs next to nothing itself. */
public class RawBatchHandler extends SqsBatchHandler<String> {

  /** The body of a message that fails. */
  static final String BAD = "bad";

  private long sum;

  /** What is done with each message. */
  static long work(String body) {
    if (body.equals(BAD)) {
      throw new IllegalStateException(body);
    }
    return body.length();
  }

  @Override
  protected Outcome onRecord(String body, RecordContext message) {
    sum += work(body);
    return Outcome.done();
  }

  /** So that the work is not optimised away. */
  public long sum() {
    return sum;
  }

  /** Each message takes 20 ms; five groups side by side. */
  @Parallel(max = 5)
  public static class Slow extends SqsBatchHandler<String> {

    static final long MILLIS = 20;

    @Override
    protected Outcome onRecord(String body, RecordContext message) throws InterruptedException {
      Thread.sleep(MILLIS);
      return Outcome.done();
    }
  }
}
