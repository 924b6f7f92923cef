// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.json.JsonPointer;
import java.util.List;

/**
 * What is known about the spans of one place in the code before any call. Immutable.
 *
 * @param name the name; empty for the trigger's, see {@code fallback}
 * @param fallback the name where neither the user nor a trigger gives one
 * @param kind the kind
 * @param ofUnit whether the outermost such call is the span of its unit of work
 * @param captureResult whether the result is kept
 * @param captureError whether the texts of an exception are kept
 * @param attributes the parameters that become attributes
 */
record SpanPlan(
    String name,
    String fallback,
    Tracing.Kind kind,
    boolean ofUnit,
    boolean captureResult,
    boolean captureError,
    List<Parameter> attributes) {

  /**
   * A parameter that becomes an attribute.
   *
   * @param index which one
   * @param name the attribute's name
   * @param pointer which value of it
   */
  record Parameter(int index, String name, JsonPointer pointer) {}

  /** A span inside the function, by code. */
  static SpanPlan inner(String name, Tracing.Kind kind, TracingSettings settings) {
    return new SpanPlan(
        name, name, kind, false, settings.captureResult(), settings.captureError(), List.of());
  }

  /** The span of a unit of work, by code. */
  static SpanPlan unit(TracingSettings settings) {
    return new SpanPlan(
        "",
        "Traces.call",
        Tracing.Kind.AUTO,
        true,
        settings.captureResult(),
        settings.captureError(),
        List.of());
  }
}
