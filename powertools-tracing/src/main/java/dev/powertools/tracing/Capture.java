// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

/** Whether something of a call is kept on its span. */
public enum Capture {
  /** As it is said further out: by {@link TracingOptions}, else by the environment. */
  DEFAULT,
  /** It is kept. */
  ON,
  /** It is not kept. */
  OFF;

  boolean orElse(boolean further) {
    return this == DEFAULT ? further : this == ON;
  }
}
