// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Says with what a function runs: stores, clients, listeners. Named by {@link PowertoolsConfig} on
 * a handler, or found by {@link java.util.ServiceLoader} if there is exactly one on the class path.
 * Has a public constructor without parameters. Called once.
 */
@FunctionalInterface
public interface RuntimeProvider {

  /** Makes the runtime. */
  FunctionRuntime runtime();
}
