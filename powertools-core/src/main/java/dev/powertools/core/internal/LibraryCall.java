// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import org.jspecify.annotations.Nullable;

/**
 * Marks the toolkit's own I/O on this thread: claims, dead letters, visibility, credentials. The
 * tenancy guard lets it pass through clients that are bound to no tenant; it grants no credentials.
 * For the toolkit's own packages only.
 */
public final class LibraryCall {

  private static final ThreadLocal<@Nullable Boolean> MARK = new ThreadLocal<>();

  private LibraryCall() {}

  /** I/O that may throw. */
  @FunctionalInterface
  public interface Io<T extends @Nullable Object, X extends Exception> {

    /** Does it. */
    T run() throws X;
  }

  /** Does I/O under the mark, on this thread. */
  public static <T extends @Nullable Object, X extends Exception> T run(Io<T, X> io) throws X {
    Boolean outer = MARK.get();
    MARK.set(Boolean.TRUE);
    try {
      return io.run();
    } finally {
      if (outer == null) {
        MARK.remove();
      }
    }
  }

  /** Whether the code on this thread is the toolkit's own I/O. */
  public static boolean isRunning() {
    return MARK.get() != null;
  }
}
