// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ContextCarrier;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Takes the diagnostic context of SLF4J along. */
public enum MdcCarrier implements ContextCarrier {
  /** The only one. */
  INSTANCE;

  private static final Captured NOTHING = () -> attached(null);

  @Override
  public Captured capture() {
    Map<String, String> taken = MDC.getCopyOfContextMap();
    return taken == null || taken.isEmpty() ? NOTHING : () -> attached(taken);
  }

  private static Attached attached(@Nullable Map<String, String> taken) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    set(taken);
    return () -> set(before);
  }

  private static void set(@Nullable Map<String, String> values) {
    if (values == null || values.isEmpty()) {
      MDC.clear();
    } else {
      MDC.setContextMap(values);
    }
  }
}
