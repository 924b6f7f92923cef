// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import org.jspecify.annotations.Nullable;

/**
 * Tells which span of a distributed trace is current on the calling thread, for those who write
 * about the work, such as lines of log. Asked for each line, so it must be quick. Whoever knows
 * about spans tells the unit of work, by {@link
 * dev.powertools.core.internal.LiveInvocation#currentSpanToldBy}. Thread-safe.
 */
public interface CurrentSpan {

  /** The trace's id, 32 hexadecimal digits; {@code null} if no span is current. */
  @Nullable String traceId();

  /** The span's id, 16 hexadecimal digits; {@code null} if no span is current. */
  @Nullable String spanId();
}
