// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.internal.LiveInvocation;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The span of a unit of work, kept until that ends: for lines and signals after it. Thread-safe.
 */
final class UnitSpan {

  private final @Nullable UnitSpan enclosing;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicInteger records = new AtomicInteger();
  private volatile @Nullable Span span;

  private UnitSpan(LiveInvocation function) {
    LiveInvocation parent = (LiveInvocation) function.parent().orElse(null);
    this.enclosing = parent == null ? null : of(parent);
  }

  static UnitSpan of(LiveInvocation function) {
    return function.part(UnitSpan.class, UnitSpan::new);
  }

  /** Whether this is the first call that would be the span of its unit of work. */
  boolean begin() {
    return !begun.get() && begun.compareAndSet(false, true);
  }

  void set(Span value) {
    span = value;
    if (enclosing != null) {
      enclosing.records.incrementAndGet();
    }
  }

  /** Whether no record inside has a span of its own. */
  boolean hasNoRecords() {
    return records.get() == 0;
  }

  /** The span of this unit of work, or of the one around it. */
  @Nullable Span nearest() {
    Span own = span;
    return own != null || enclosing == null ? own : enclosing.nearest();
  }

  /**
   * The span of a thread that works on this unit: the one that is current there, unless that is
   * none or the enclosing unit's, as it is before and after the links of this one.
   */
  Span over(Span current) {
    Span own = nearest();
    if (own == null) {
      return current;
    }
    return current.getSpanContext().isValid() && !isEnclosing(current) ? current : own;
  }

  private boolean isEnclosing(Span current) {
    Span around = enclosing == null ? null : enclosing.nearest();
    return around != null
        && around.getSpanContext().getSpanId().equals(current.getSpanContext().getSpanId());
  }
}
