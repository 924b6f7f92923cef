// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionRuntime;

/**
 * A runtime in which something is isolated, and whether work was begun in it. Before that the
 * function initialises itself, which is nobody's work. Thread-safe.
 */
final class Isolation {

  private volatile boolean begun;

  private Isolation() {
    NetFile.require(Isolation.class.getClassLoader());
  }

  static Isolation of(FunctionRuntime runtime) {
    return runtime.part(Isolation.class, r -> new Isolation());
  }

  void begin() {
    if (!begun) {
      begun = true;
    }
  }

  boolean hasBegun() {
    return begun;
  }
}
