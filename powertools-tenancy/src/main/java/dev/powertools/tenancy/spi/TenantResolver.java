// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

import dev.powertools.core.FunctionInvocation;
import java.util.Optional;

/**
 * Reads out of a unit of work the id of its tenant as one source has it. Thread-safe.
 *
 * <p>For decisions read the event by {@link dev.powertools.core.event.EventView#exactly}, which no
 * look-alike gets past. Whatever is thrown denies the work: a {@link
 * dev.powertools.tenancy.TenantDeniedException} for good; anything else for now, since the source
 * may answer later, and its message is not passed on.
 */
@FunctionalInterface
public interface TenantResolver {

  /**
   * The id as the source has it, unchanged: whether it is one is checked by who asks.
   *
   * @param work the invocation, or the record of a batch
   * @return empty if the source says nothing about this work; text that is no id denies it
   * @throws dev.powertools.tenancy.TenantDeniedException if what it says can't be believed
   */
  Optional<String> resolve(FunctionInvocation work);
}
