// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import java.util.Map;

/** What the lines of the benchmarks are about. */
final class LogSubject {

  /** Five keys of the MDC. */
  static final Map<String, String> KEYS =
      Map.of(
          "tenant", "acme-industries",
          "order_id", "o-2026-000042",
          "region", "eu-central-1",
          "channel", "web",
          "step", "reserve-stock");

  /** The message, for two arguments. */
  static final String MESSAGE = "Reserved {} items of order {}";

  private LogSubject() {}

  /** Thrown thirty calls deep, with a cause that was thrown two calls deeper. */
  static RuntimeException failure() {
    try {
      fail(0);
      throw new AssertionError("nothing was thrown");
    } catch (IllegalStateException e) {
      StackTraceElement[] stack = e.getStackTrace();
      e.setStackTrace(java.util.Arrays.copyOf(stack, 30));
      Throwable cause = e.getCause();
      cause.setStackTrace(java.util.Arrays.copyOf(cause.getStackTrace(), 32));
      return e;
    }
  }

  private static void fail(int depth) {
    if (depth < 40) {
      fail(depth + 1);
    } else {
      reserve();
    }
  }

  private static void reserve() {
    try {
      connect();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("The stock of item 4711 can't be reserved", e);
    }
  }

  private static void connect() {
    lookUp();
  }

  private static void lookUp() {
    throw new IllegalArgumentException("No such warehouse: \"north\"");
  }
}
