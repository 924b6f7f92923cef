// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.PowertoolsException;
import java.util.ArrayList;
import java.util.List;

/** No record of a batch was acknowledged, and {@link ThrowOnFullFailure} asks for an error then. */
public final class FullBatchFailureException extends PowertoolsException {

  private static final long serialVersionUID = 1L;
  private static final int MOST_TOLD = 10;

  private final int records;

  /** The cause is the first failure, the next ones are suppressed by this exception. */
  private FullBatchFailureException(int records, List<Throwable> failures) {
    super(
        "None of the "
            + records
            + " records of the batch could be acknowledged, so all are delivered again. The first"
            + " failure is the cause.",
        failures.isEmpty() ? null : failures.get(0));
    this.records = records;
    failures.stream().skip(1).forEach(this::addSuppressed);
  }

  static PowertoolsException of(Ledger ledger) {
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < ledger.size() && failures.size() < MOST_TOLD; i++) {
      Throwable failure =
          ledger.settled(i) instanceof Settled.RetryLater later ? later.failure() : null;
      if (failure != null && !failures.contains(failure)) {
        failures.add(failure);
      }
    }
    return new FullBatchFailureException(ledger.size(), failures);
  }

  /** How many records the batch had. */
  public int records() {
    return records;
  }
}
