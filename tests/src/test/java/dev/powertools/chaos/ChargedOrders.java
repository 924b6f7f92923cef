// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.Idempotent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders of which each is charged once: {@code kind-number seconds}. A charge is what an order
 * comes to at the very end of its work, so that who is stopped before has charged nothing.
 */
final class ChargedOrders extends SqsBatchHandler<String> {

  /** One run of one order, on the clock that is right. */
  record Run(String order, Duration ahead, Instant begin, Instant end, boolean charged) {

    boolean overlaps(Run other) {
      return begin.isBefore(other.end) && other.begin.isBefore(end);
    }
  }

  private final List<Run> runs;
  private final Timing clock;
  private final Duration ahead;

  ChargedOrders(List<Run> runs, Timing clock, Duration ahead) {
    this.runs = runs;
    this.clock = clock;
    this.ahead = ahead;
  }

  static List<String> charged(List<Run> runs) {
    List<String> charged = new ArrayList<>();
    for (Run run : runs) {
      if (run.charged()) {
        charged.add(run.order());
      }
    }
    return charged;
  }

  @Override
  @Idempotent(name = "charge", expiry = "24h")
  protected Outcome onRecord(String order, RecordContext record)
      throws IOException, InterruptedException {
    Instant begin = clock.now();
    boolean charged = false;
    try {
      clock.sleep(Duration.ofSeconds(Long.parseLong(order.substring(order.indexOf(' ') + 1))));
      if (order.startsWith("bad")) {
        return Outcome.deadLetter("nobody can do this");
      }
      if (order.startsWith("flaky") && record.receiveCount() < 3) {
        throw new IOException("no answer");
      }
      charged = true;
      return Outcome.done();
    } finally {
      runs.add(new Run(order, ahead, begin, clock.now(), charged));
    }
  }
}
