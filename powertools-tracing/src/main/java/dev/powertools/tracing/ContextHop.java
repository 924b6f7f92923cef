// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.ContextCarrier;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/** Takes the current context of OpenTelemetry over a thread hop. */
enum ContextHop implements ContextCarrier {
  /** The only one. */
  INSTANCE;

  @Override
  @SuppressWarnings("MustBeClosedChecker") // closed by whoever attached it
  public Captured capture() {
    Context captured = Context.current();
    return () -> {
      Scope scope = captured.makeCurrent();
      return scope::close;
    };
  }
}
