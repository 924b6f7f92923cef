// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is moved. */
final class TestTiming implements Timing {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  void forward(Duration by) {
    now.updateAndGet(then -> then.plus(by));
  }

  @Override
  public Instant now() {
    return now.get();
  }

  @Override
  public long nanoTime() {
    return Duration.between(START, now.get()).toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    throw new AssertionError("Credentials don't wait for the clock");
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    throw new AssertionError("Credentials are not renewed in the background");
  }
}
