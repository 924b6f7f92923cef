// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.spi;

import java.util.Optional;

/** What a store answers to a conditional write. Immutable. */
public sealed interface Reply {

  /**
   * The condition held, and the write took effect.
   *
   * @param before what was there before; empty if nothing was, or if the store cannot tell
   */
  record Written(Optional<StoredRecord> before) implements Reply {}

  /**
   * The condition did not hold, and nothing changed.
   *
   * @param existing what is there; empty if nothing is
   */
  record Refused(Optional<StoredRecord> existing) implements Reply {}
}
