// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Takes thread-bound context (a diagnostic context, a current span) over a thread hop. Thread-safe.
 */
public interface ContextCarrier {

  /** Takes what is current on this thread. */
  Captured capture();

  /** What was taken; may be attached any number of times, on any thread. */
  @FunctionalInterface
  interface Captured {

    /** Makes it current on this thread, until the result is closed on the same thread. */
    Attached attach();
  }

  /** Puts back what was current before. */
  @FunctionalInterface
  interface Attached extends AutoCloseable {

    @Override
    void close();
  }
}
