// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that stands still until a test moves it; what was planned is done on the way. */
final class TestTiming implements Timing {

  private record Plan(Instant at, Runnable task) {}

  private final List<Plan> plans = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T09:00:00Z");

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    advance(duration);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Plan plan = new Plan(now.plus(delay), task);
    plans.add(plan);
    return () -> plans.remove(plan);
  }

  void advance(Duration duration) {
    now = now.plus(duration);
    for (Plan plan : List.copyOf(plans)) {
      if (!plan.at().isAfter(now)) {
        plans.remove(plan);
        plan.task().run();
      }
    }
  }

  int planned() {
    return plans.size();
  }
}
