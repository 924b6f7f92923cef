// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import org.jspecify.annotations.Nullable;

/** Work that may throw anything. */
@FunctionalInterface
public interface Call {

  /** Does it. */
  @Nullable Object run() throws Throwable;
}
