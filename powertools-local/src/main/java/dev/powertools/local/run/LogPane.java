// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.config.Config;
import java.io.PrintStream;

/** What a person sees of a run. Thread-safe. */
final class LogPane {
  private final PrintStream out;
  private final boolean raw;
  private final Style style;

  LogPane(PrintStream out, boolean raw, Style style) {
    this.out = out;
    this.raw = raw;
    this.style = style;
  }

  static LogPane onStandardOutput(boolean raw) {
    return new LogPane(System.out, raw, Style.of(Config.environment(), Terminal.isThere()));
  }

  void banner(RunOptions options, int port) {
    PrintStream aside = raw ? System.err : out;
    aside.println(
        style.bold(options.function().name())
            + " listens on "
            + style.bold("http://localhost:" + port));
    for (EventQueue queue : options.queues()) {
      aside.println("  fed from the queue " + style.bold(queue.name()));
    }
  }

  void show(String line) {
    Wire.Kind kind = Wire.kind(line);
    if (kind == null) {
      out.println(raw ? line : LogLine.render(line, style));
    } else {
      told(kind, Wire.fields(line));
    }
  }

  private void told(Wire.Kind kind, String[] fields) {
    switch (kind) {
      case PLATFORM -> {
        if (raw) {
          out.println(fields[0]);
        }
      }
      case NOTE -> note(style.dim("· " + fields[0]));
      case PROBLEM -> note(style.red("! ") + fields[0].replace("\n", "\n  "));
      case CALL -> {
        if (!raw) {
          out.println(call(fields));
        }
      }
      case READY, FAILED -> {
        // Said once, to whoever started the run.
      }
    }
  }

  /** In raw form standard output has nothing but lines that Lambda's log would have. */
  private void note(String text) {
    (raw ? System.err : out).println(text);
  }

  private String call(String[] fields) {
    String status = fields[1];
    boolean good = status.startsWith("2") || status.startsWith("3") || status.equals("ok");
    return (good ? style.green(status) : style.red(status))
        + " "
        + style.bold(fields[0])
        + "  "
        + fields[2]
        + " ms  "
        + style.dim(fields[3] + "  " + fields[4].substring(0, Math.min(8, fields[4].length())));
  }
}
