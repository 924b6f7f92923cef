// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/**
 * Sets the interrupt of this thread aside until it is closed. A client that finds its thread
 * interrupted gives up without sending, and a claim that is not completed or released would then
 * hold until its lease is over. Confined to one thread.
 */
final class InterruptAside implements AutoCloseable {

  private boolean interrupted = Thread.interrupted();

  /** Sets aside what has come since. */
  boolean again() {
    interrupted |= Thread.interrupted();
    return interrupted;
  }

  /** Notes an interrupt that arrived as an exception. */
  void note() {
    interrupted = true;
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
