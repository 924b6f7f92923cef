// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts of exceptions whose own methods may throw: one record's must not fail the batch. */
final class SafeText {

  private static final int MOST_FRAMES = 8;

  private SafeText() {}

  /** Class and message of an exception; the text of anything else. */
  static String of(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return value.getClass().getName() + " (its text can't be had: " + e.getClass() + ")";
    }
  }

  /** The message. */
  static String messageOf(Throwable failure) {
    try {
      return String.valueOf(failure.getMessage());
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return "(its message can't be had: " + e.getClass() + ")";
    }
  }

  /**
   * What is the same for failures at the same place, whatever their texts: of the class and the
   * methods on its stack, lines left out. {@code null} if there is no stack.
   */
  static @Nullable String stackHashOf(Throwable failure) {
    try {
      int hash = failure.getClass().getName().hashCode();
      StackTraceElement[] frames = failure.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        hash = 31 * hash + frames[i].getClassName().hashCode();
        hash = 31 * hash + frames[i].getMethodName().hashCode();
      }
      return frames.length == 0 ? null : String.format("%08x", hash);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }

  /**
   * The first frames of its stack, as {@code class.method:line}; without a line if none is known.
   */
  static List<String> framesOf(Throwable failure, int most) {
    List<String> shown = new ArrayList<>(most);
    try {
      StackTraceElement[] frames = most == 0 ? new StackTraceElement[0] : failure.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, most); i++) {
        int line = frames[i].getLineNumber();
        String place = frames[i].getClassName() + "." + frames[i].getMethodName();
        shown.add(line < 0 ? place : place + ":" + line);
      }
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      shown.clear(); // its own methods threw
    }
    return shown;
  }

  /** The cause, if there is one. */
  static @Nullable Throwable causeOf(Throwable failure) {
    try {
      Throwable cause = failure.getCause();
      return cause == failure ? null : cause;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }
}
