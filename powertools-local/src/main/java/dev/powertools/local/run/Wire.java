// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's standard output: the function's own lines, and between them what the sandbox has to
 * tell the launcher, marked by a first character that no text has. Each line is one write.
 *
 * <p>Thread-safe.
 */
final class Wire {
  /** What the sandbox tells. */
  enum Kind {
    /** It listens; field: the port. */
    READY,
    /** It can't start; field: why. */
    FAILED,
    /** Something that happened to the run; field: what. */
    NOTE,
    /** Something that went wrong in the run; field: what. */
    PROBLEM,
    /** An invocation ended; fields: what for, status, milliseconds, cold or warm, request id. */
    CALL,
    /** A line that Lambda would have written; field: the line. */
    PLATFORM
  }

  private static final char MARK = '\u0001';
  private static final char FIELD = '\u0002';
  private static final char LINE = '\u0003';

  private final OutputStream out;

  Wire(OutputStream out) {
    this.out = out;
  }

  static Wire standardOutput() {
    return new Wire(new FileOutputStream(FileDescriptor.out));
  }

  /** Tells the launcher. */
  void tell(Kind kind, String... fields) {
    String line = MARK + kind.name() + FIELD + String.join("" + FIELD, fields);
    line(line.replace("\r", "").replace('\n', LINE));
  }

  /** Writes a line of the function's. */
  synchronized void line(String text) {
    try {
      out.write((text + '\n').getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kind of a line that the sandbox told; null for the function's own. */
  static @Nullable Kind kind(String line) {
    int end = line.isEmpty() || line.charAt(0) != MARK ? -1 : line.indexOf(FIELD);
    return end < 0 ? null : Kind.valueOf(line.substring(1, end));
  }

  /** The fields of a line that the sandbox told. */
  static String[] fields(String line) {
    String fields = line.substring(line.indexOf(FIELD) + 1);
    return fields.replace(LINE, '\n').split("" + FIELD, -1);
  }
}
