// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.local.InvocationResult;

/** Tells of one invocation in one line, and of its error. */
final class Call {
  private static final int SHORT = 500;

  private Call() {}

  static void tell(Wire wire, String what, String status, InvocationResult result) {
    result
        .error()
        .filter(error -> error.stackTrace().isEmpty()) // else the runtime client has logged it
        .ifPresent(error -> wire.tell(Wire.Kind.PROBLEM, error.type() + ": " + error.message()));
    String start =
        result
            .initDuration()
            .map(init -> "cold, init " + ObservedFunction.milliseconds(init) + " ms")
            .orElse("warm");
    wire.tell(
        Wire.Kind.CALL,
        what,
        status,
        ObservedFunction.milliseconds(result.duration()),
        start,
        result.requestId());
  }

  static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
  }
}
