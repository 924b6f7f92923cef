// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.Console;

/** Whether a person sits before this process. */
final class Terminal {
  private Terminal() {}

  @SuppressWarnings("SystemConsoleNull") // null up to Java 21; what follows is for later ones
  static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console even without a terminal, and this method to tell.
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }
}
