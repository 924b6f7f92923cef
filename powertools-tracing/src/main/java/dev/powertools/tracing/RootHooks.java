// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.internal.LiveInvocation;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;

/**
 * What an invocation needs once it has spans: lines of log have their ids, the context goes along
 * over thread hops, signals become events, and spans are flushed before the response.
 */
final class RootHooks {

  private RootHooks() {}

  static void join(
      LiveInvocation function, OpenTelemetry openTelemetry, Duration timeout, SpanText text) {
    LiveInvocation root = SpanStarter.root(function);
    if (root.part(Joined.class, r -> new Joined()).first()) {
      root.currentSpanToldBy(SpanIds.INSTANCE);
      root.carry(ContextHop.INSTANCE);
      root.listen(new SignalEvents(text));
      if (root.context().isPresent() && !timeout.isZero()) {
        root.beforeResponse(new Flush(root, openTelemetry, timeout));
      }
    }
  }

  /** Whether it is done. */
  private static final class Joined {
    private boolean done;

    synchronized boolean first() {
      boolean first = !done;
      done = true;
      return first;
    }
  }
}
