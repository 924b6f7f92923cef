// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.Timing;
import dev.powertools.local.VirtualClock;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;

/**
 * Waits for answers on the test's time, no longer than an HTTP client would. On virtual time the
 * clock goes from plan to plan, so that a timeout of the SDK, which interrupts this thread, ends
 * the wait at its very moment.
 *
 * @param timing the test's time
 * @param readTimeout how long a client waits for an answer
 */
record Waits(Timing timing, Duration readTimeout) {

  /** Waits as long as a client does, in vain. */
  AwsAnswer inVain() throws InterruptedIOException, SocketTimeoutException {
    pause(readTimeout);
    throw new SocketTimeoutException("Read timed out after " + readTimeout);
  }

  /** Waits for an answer that takes its time. */
  void latency(Duration duration) throws InterruptedIOException, SocketTimeoutException {
    if (duration.compareTo(readTimeout) > 0) {
      inVain();
    }
    pause(duration);
  }

  private void pause(Duration duration) throws InterruptedIOException {
    try {
      sleep(timing, duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** Sleeps; on virtual time an interrupt by a plan on the way ends it there. */
  static void sleep(Timing timing, Duration duration) throws InterruptedException {
    if (!(timing instanceof VirtualClock clock)) {
      timing.sleep(duration);
      return;
    }
    Instant end = clock.now().plus(duration);
    while (clock.now().isBefore(end)) {
      clock.advanceTo(clock.nextPlan().filter(end::isAfter).orElse(end));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
