// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

/** Lets a user's checked exception pass a method that does not declare it: it must not change. */
public final class Sneaky {

  private Sneaky() {}

  /** Throws {@code failure}; declared to return so that callers can write {@code throw}. */
  public static RuntimeException rethrow(Throwable failure) {
    throw Sneaky.<RuntimeException>unchecked(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is never checked
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
