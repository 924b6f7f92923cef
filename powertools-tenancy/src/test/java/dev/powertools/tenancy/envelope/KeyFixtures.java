// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Keys and a clock for tests. */
final class KeyFixtures {

  private KeyFixtures() {}

  static byte[] secret(int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    return secret;
  }

  static EnvelopeKey key(String id, int seed) {
    return EnvelopeKey.of(id, secret(seed));
  }

  static String base64(int seed) {
    return Base64.getEncoder().encodeToString(secret(seed));
  }

  /** A clock that stands until it is moved. */
  static final class Clock implements Timing {
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final Instant start = now;

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return Duration.between(start, now).toNanos();
    }

    @Override
    public void sleep(Duration duration) {
      forward(duration);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }
}
