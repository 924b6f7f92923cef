// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event of several records that is handled as one is of one tenant. */
final class OneOf {

  private OneOf() {}

  /** What all records of the event say; empty if there is none, or none of them says anything. */
  static Optional<String> records(
      FunctionInvocation work, Function<EventView, @Nullable String> read) {
    String all = null;
    boolean first = true;
    for (Object record : Exact.records(work)) {
      String said = read.apply(EventView.of(record));
      if (!first && (said == null || !said.equals(all))) {
        throw Exact.ambiguous(
            "The event has records of several tenants, or of none. Use a batch base class, which"
                + " gives each record an invocation of its own.");
      }
      all = said;
      first = false;
    }
    return Optional.ofNullable(all);
  }
}
