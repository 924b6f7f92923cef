// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks.bad;

import dev.powertools.core.internal.LibraryCall;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Breaks every rule; its package is not null-marked either. */
public final class Offender {

  static int variable;
  static final AtomicInteger COUNTER = new AtomicInteger();
  static final Map<String, String> CACHE = new ConcurrentHashMap<>();
  static final int[] ARRAY = {1};
  private static final int[] PRIVATE_ARRAY = {1};
  static final String CONSTANT = "a";

  private Offender() {}

  static void environment() {
    CACHE.put(System.getenv("A"), System.getProperty("b") + Integer.getInteger("c"));
  }

  static Instant time() throws InterruptedException {
    Thread.sleep(PRIVATE_ARRAY[0]);
    LongSupplier byReference = System::nanoTime;
    variable = (int) byReference.getAsLong();
    return Instant.now().plusMillis(System.currentTimeMillis());
  }

  static void reflection(Method method) {
    method.setAccessible(true);
  }

  static boolean mark() {
    return LibraryCall.run(() -> true);
  }

  /** A use of another module, as the test divides them. */
  static Class<?> arrow() {
    return OtherModule.class;
  }

  static final class OtherModule {}
}
