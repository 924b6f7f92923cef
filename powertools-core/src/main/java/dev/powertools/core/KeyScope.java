// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import dev.powertools.core.internal.RuntimeResolver;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The key-scoping facts that are in force on this thread: what every key that must not be shared
 * between tenants (or whatever else a runtime keeps apart) has to contain.
 */
public final class KeyScope {

  private KeyScope() {}

  /**
   * The names and values, sorted by name; empty if nothing scopes keys here.
   *
   * @throws MissingScopeException if the runtime requires a key that is absent, also where no unit
   *     of work is current
   */
  public static Map<String, String> current() {
    return of(RuntimeResolver.current(), FunctionInvocation.current());
  }

  /**
   * The names and values for work of a runtime, whatever is in force on this thread.
   *
   * @throws MissingScopeException if the runtime requires a key that is absent
   */
  public static Map<String, String> of(
      FunctionRuntime runtime, Optional<FunctionInvocation> invocation) {
    Map<String, String> values = new TreeMap<>();
    invocation.ifPresent(
        i ->
            i.attributes()
                .forEach(
                    (key, value) -> {
                      if (key.isKeyScoping()) {
                        values.put(key.name(), value.toString());
                      }
                    }));
    for (AttributeKey<?> key : runtime.requiredKeys()) {
      if (!values.containsKey(key.name())) {
        throw new MissingScopeException(key.name(), detail(invocation));
      }
    }
    return values;
  }

  private static String detail(Optional<FunctionInvocation> invocation) {
    return invocation
            .map(i -> "invocation " + i.requestId() + " does not have it")
            .orElse("no invocation is current on thread " + Thread.currentThread().getName())
        + ". Set it before, or take it along with a propagating executor.";
  }
}
