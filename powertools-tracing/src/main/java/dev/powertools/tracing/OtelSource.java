// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go: the {@link OpenTelemetry} that is a part of the runtime, else the global one. The
 * global one is never created here against the user's will, since whoever asks for it too early
 * makes it a no-op for good. Thread-safe.
 */
final class OtelSource {

  static final String SCOPE = "dev.powertools.tracing";

  private static final String AUTOCONFIGURE_PROPERTY = "otel.java.global-autoconfigure.enabled";
  private static final String AUTOCONFIGURE_VARIABLE = "OTEL_JAVA_GLOBAL_AUTOCONFIGURE_ENABLED";

  private final FunctionRuntime runtime;
  private final boolean mayAsk;
  private volatile @Nullable OpenTelemetry found;
  private volatile @Nullable Tracer tracer;

  OtelSource(FunctionRuntime runtime) {
    this.runtime = runtime;
    this.mayAsk =
        OpenTelemetryClasses.isAgentSeen(OtelSource.class.getClassLoader())
            || isAutoconfigured(runtime.config());
  }

  private static boolean isAutoconfigured(Config config) {
    return config
        .systemProperty(AUTOCONFIGURE_PROPERTY)
        .or(() -> config.variable(AUTOCONFIGURE_VARIABLE))
        .map(Boolean::parseBoolean)
        .orElse(false);
  }

  /** The tracer; {@code null} as long as nothing is set up. */
  @Nullable Tracer tracer() {
    Tracer present = tracer;
    if (present != null) {
      return present;
    }
    OpenTelemetry openTelemetry = openTelemetry();
    if (openTelemetry == null) {
      return null;
    }
    Tracer made = openTelemetry.getTracer(SCOPE);
    tracer = made;
    return made;
  }

  @Nullable OpenTelemetry openTelemetry() {
    OpenTelemetry present = found;
    if (present == null) {
      present = runtime.part(OpenTelemetry.class).orElse(null);
      present = present == null ? global() : present;
      found = present;
    }
    return present;
  }

  private @Nullable OpenTelemetry global() {
    if (mayAsk || GlobalOpenTelemetry.isSet()) {
      return GlobalOpenTelemetry.get();
    }
    Warnings.once(
        runtime,
        "An OpenTelemetry SDK is on the class path, but none is set up, so there are no spans. Call"
            + " GlobalOpenTelemetry.set, or set "
            + AUTOCONFIGURE_VARIABLE
            + "=true",
        null);
    return null;
  }
}
