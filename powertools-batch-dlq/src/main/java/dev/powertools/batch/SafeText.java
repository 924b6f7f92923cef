// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import org.jspecify.annotations.Nullable;

/** Texts of exceptions whose own methods may throw: one record's must not fail the batch. */
final class SafeText {

  private SafeText() {}

  /** Class and message. */
  static String of(Throwable failure) {
    try {
      return String.valueOf(failure);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return failure.getClass().getName() + " (its text can't be had: " + e.getClass() + ")";
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
