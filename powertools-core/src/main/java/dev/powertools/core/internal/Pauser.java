// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import java.time.Duration;

/** How a unit of work waits: plainly, or by giving its permit back to a batch meanwhile. */
@FunctionalInterface
public interface Pauser {

  /** Waits. */
  void pause(Duration duration) throws InterruptedException;
}
