// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;

/**
 * With what jobs run. Claims are kept in memory, which is right for one environment on this machine
 * and for nothing else: deployed, the store refuses to start.
 */
public final class NotesRuntime implements RuntimeProvider {

  @Override
  public FunctionRuntime runtime() {
    return FunctionRuntime.builder().part(IdempotencyStore.class, new MemoryStore()).build();
  }
}
