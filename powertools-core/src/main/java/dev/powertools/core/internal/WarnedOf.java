// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Of what a runtime has warned already, so that a warning is said once. Thread-safe. */
public final class WarnedOf {

  private final Set<Object> warned = ConcurrentHashMap.newKeySet();

  /** Whether this is the first time for {@code what}. */
  public boolean first(Object what) {
    return warned.add(what);
  }
}
