// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import org.jspecify.annotations.Nullable;

/**
 * Tells by the names of class files whether spans would reach anybody, and loads nothing: the first
 * touch of OpenTelemetry costs a starting function 40 milliseconds.
 */
final class OpenTelemetryClasses {

  private static final String API = "io/opentelemetry/api/GlobalOpenTelemetry.class";
  private static final String SDK = "io/opentelemetry/sdk/trace/SdkTracerProvider.class";
  private static final String AGENT = "io/opentelemetry/javaagent/OpenTelemetryAgent.class";

  /** An agent that stands in for the SDK under the same API. */
  private static final String OTHER_AGENT = "datadog/trace/bootstrap/AgentBootstrap.class";

  private OpenTelemetryClasses() {}

  /** Whether the API is there, and an SDK or an agent that listens. */
  static boolean areSeen(@Nullable ClassLoader loader) {
    return has(loader, API) && (has(loader, SDK) || isAgentSeen(loader));
  }

  static boolean isAgentSeen(@Nullable ClassLoader loader) {
    return has(loader, AGENT) || has(loader, OTHER_AGENT);
  }

  private static boolean has(@Nullable ClassLoader loader, String file) {
    return loader == null
        ? ClassLoader.getSystemResource(file) != null
        : loader.getResource(file) != null;
  }
}
