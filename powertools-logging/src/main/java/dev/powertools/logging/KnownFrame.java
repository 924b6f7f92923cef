// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.json.JsonWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A frame as it stands in stacks: errors of a function have most of theirs in common. Immutable.
 */
final class KnownFrame {

  private final String type;
  private final String method;
  private final @Nullable String file;
  private final int line;
  private final byte[] json;
  private final int chars;
  private final boolean generated;

  KnownFrame(StackTraceElement frame) {
    this.type = frame.getClassName();
    this.method = frame.getMethodName();
    this.file = frame.getFileName();
    this.line = frame.getLineNumber();
    String text = text(frame);
    byte[] quoted = JsonWriter.string(text);
    this.json = Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    this.chars = text.length();
    this.generated = isGenerated(type);
  }

  /** Texts of classes are interned, so that this is a comparison of references nearly always. */
  boolean is(StackTraceElement frame) {
    return line == frame.getLineNumber()
        && method.equals(frame.getMethodName())
        && type.equals(frame.getClassName())
        && Objects.equals(file, frame.getFileName());
  }

  /** What stands between the quotes, without what is before the tab. */
  byte[] json() {
    return json;
  }

  /** How many characters that is. */
  int chars() {
    return chars;
  }

  /** Whether the class was made at run time, so that its name differs from process to process. */
  boolean isGenerated() {
    return generated;
  }

  /** As {@link StackTraceElement#toString()}, but without modules and class loaders. */
  static String text(StackTraceElement frame) {
    StringBuilder to = new StringBuilder(96);
    to.append("\tat ").append(frame.getClassName()).append('.').append(frame.getMethodName());
    to.append('(');
    if (frame.isNativeMethod()) {
      to.append("Native Method");
    } else if (frame.getFileName() == null) {
      to.append("Unknown Source");
    } else {
      to.append(frame.getFileName());
      if (frame.getLineNumber() >= 0) {
        to.append(':').append(frame.getLineNumber());
      }
    }
    return to.append(")\n").toString();
  }

  private static boolean isGenerated(String type) {
    return type.startsWith("jdk.internal.reflect.")
        || type.startsWith("java.lang.reflect.")
        || type.startsWith("jdk.proxy")
        || type.startsWith("com.sun.proxy.")
        || type.contains("$$");
  }
}
