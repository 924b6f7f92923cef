// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.InvokeOptions;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ids that look random and are the same for the same seed. Confined to its simulator's lock. */
final class StreamIds {

  private final SplittableRandom random;

  StreamIds(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A version 4 UUID. */
  String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  /** An invocation with a request id and a trace id of its own. */
  InvokeOptions invocation() {
    return invocation(uuid());
  }

  /** An invocation with a trace id of its own. */
  InvokeOptions invocation(String requestId) {
    String trace =
        String.format(
            "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=1",
            random.nextInt(), random.nextInt(), random.nextLong(), random.nextLong());
    return InvokeOptions.builder().requestId(requestId).traceId(trace).build();
  }

  /** A number from 1 to {@code most}. */
  int upTo(int most) {
    return random.nextInt(most) + 1;
  }

  /** Something that happens with this probability. */
  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
