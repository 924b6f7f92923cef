// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.WarnedOf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said once: by the runtime in force, or by the process where none is. */
final class Warnings {

  static final String LOGGER_NAME = "dev.powertools.logging";

  static final Logger LOGGER = LoggerFactory.getLogger(LOGGER_NAME);

  private static final ClassValue<WarnedOf> OF_PROCESS =
      new ClassValue<>() {
        @Override
        protected WarnedOf computeValue(Class<?> ignored) {
          return new WarnedOf();
        }
      };

  private Warnings() {}

  /** Whether this is the first time for {@code what}. */
  static boolean first(Object what) {
    Scope scope = Scope.current();
    return scope == null
        ? OF_PROCESS.get(Warnings.class).first(what)
        : first(what, scope.runtime());
  }

  /** Whether this is the first time for {@code what} in a runtime. */
  static boolean first(Object what, FunctionRuntime runtime) {
    return runtime.part(WarnedOf.class, r -> new WarnedOf()).first(what);
  }
}
