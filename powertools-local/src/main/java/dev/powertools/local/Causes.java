// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the reason in a printed stack trace. */
final class Causes {

  private static final String CAUSED_BY = "Caused by: ";

  private static final Pattern INITIALISER =
      Pattern.compile("(?:at )?([\\w.$]+\\.<(?:cl)?init>\\([^)]*\\))");
  private static final Pattern MISSING = Pattern.compile("NoClassDefFoundError: ([\\w./$]+)");

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

  /** What to do about an error of the user's own code, or of a library's; starts with "; ". */
  static String fixOf(FunctionError error) {
    String trace = error.type() + ": " + error.message() + "\n";
    trace += String.join("\n", error.stackTrace());
    if (trace.contains("UnsupportedClassVersionError")) {
      return "; compile for the Java version that runs it (maven.compiler.release)";
    }
    Matcher missing = MISSING.matcher(trace);
    if (missing.find()) {
      return "; add the dependency that has " + missing.group(1).replace('/', '.');
    }
    Matcher initialiser = INITIALISER.matcher(trace);
    if (initialiser.find()) {
      return "; it is thrown at " + initialiser.group(1) + ": mend that, or give it what it misses";
    }
    return error.type().isEmpty()
        ? ""
        : "; the class's constructor or a static initialiser throws it: mend that, or give it what"
            + " it misses (the function's output has the stack trace)";
  }
}
