// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.tracing.Traces;
import dev.powertools.tracing.Tracing;

/** Calls with a span, if anybody listens. */
public final class TracedCalls {

  /** For the benchmark. */
  public TracedCalls() {}

  /** Woven. */
  @Tracing
  public int annotated(int i) {
    return i + 1;
  }

  /** By code. */
  public int byCode(int i) {
    return Traces.span("step", () -> i + 1);
  }
}
