// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.Parallel;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.Redelivery;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.local.Points;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The function under chaos, in a process of its own. An order's name begins with what becomes of
 * it; those that are done stand in the books, a file that outlives the process.
 */
@DeadLetter
@Parallel(max = 2)
@Redelivery(base = "1s", multiplier = 1, max = "1s")
@PowertoolsConfig(ChaosOrders.WithPoints.class)
public final class ChaosOrders extends SqsBatchHandler<String> {

  /** The environment variable that names the books. */
  static final String BOOKS = "BOOKS";

  /** Each signal is a point at which the process can be killed. */
  public static final class WithPoints implements RuntimeProvider {
    @Override
    public FunctionRuntime runtime() {
      return FunctionRuntime.builder().listener(Points.atSignals()).build();
    }
  }

  @Override
  protected Outcome onRecord(String order, RecordContext record) throws IOException {
    Points.reach("begun");
    if (order.startsWith("bad")) {
      return Outcome.deadLetter("nobody can do this");
    }
    if (order.startsWith("flaky") && record.receiveCount() < 3) {
      throw new IOException("no answer");
    }
    if (order.startsWith("huge") && record.receiveCount() == 1) {
      return Outcome.ignored("held " + fillTheHeap());
    }
    Path books = Path.of(FunctionRuntime.current().config().variable(BOOKS).orElseThrow());
    Files.writeString(books, order + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Points.reach("done");
    return Outcome.done();
  }

  @SuppressWarnings("InfiniteLoopStatement") // the heap is finite
  private static int fillTheHeap() {
    List<byte[]> held = new ArrayList<>();
    while (held.size() < Integer.MAX_VALUE) {
      held.add(new byte[1 << 20]);
    }
    return held.size();
  }
}
