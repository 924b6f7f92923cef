// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

/** Finds the reason in a printed stack trace. */
final class Causes {

  private static final String CAUSED_BY = "Caused by: ";

  private Causes() {}

  /** The innermost cause with its message; empty if there is none. */
  static String rootOf(String trace) {
    int last = trace.lastIndexOf(CAUSED_BY);
    if (last < 0) {
      return "";
    }
    String cause = trace.substring(last + CAUSED_BY.length());
    int frames = cause.indexOf("\n\tat ");
    return (frames < 0 ? cause : cause.substring(0, frames)).strip();
  }
}
