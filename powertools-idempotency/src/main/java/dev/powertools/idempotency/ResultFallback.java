// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * Gives a result where the work is done but its result was not kept: by looking it up where the
 * work left its traces, or by saying that there is none. Must not do the work again. Thread-safe.
 */
@FunctionalInterface
public interface ResultFallback {

  /**
   * The result, of the type that the method returns.
   *
   * @param why what the caller would get otherwise
   * @param arguments the method's arguments; in plain code the key, and the payload if there is one
   * @throws Exception {@code why}, or whatever else the caller shall get
   */
  @Nullable Object result(ResultNotKeptException why, @Nullable Object[] arguments)
      throws Exception;

  /** No fallback: throws what it is given. */
  final class None implements ResultFallback {

    @Override
    public @Nullable Object result(ResultNotKeptException why, @Nullable Object[] arguments) {
      throw why;
    }
  }
}
