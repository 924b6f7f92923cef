// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.core.redact.Redactor;

/**
 * What a runtime says about spans.
 *
 * @param disabled whether there are none
 * @param captureResult whether results are captured where nothing nearer says
 * @param captureError whether errors are captured where nothing nearer says
 * @param options the options
 * @param redactor takes secrets out of what is captured
 */
record TracingSettings(
    boolean disabled,
    boolean captureResult,
    boolean captureError,
    TracingOptions options,
    Redactor redactor) {

  private static final ConfigKey<Boolean> DISABLED =
      ConfigKey.flag("POWERTOOLS_TRACE_DISABLED", "Whether no spans are made.");
  private static final ConfigKey<Boolean> CAPTURE_RESULT =
      ConfigKey.flag("POWERTOOLS_TRACER_CAPTURE_RESPONSE", "Whether spans have results.");
  private static final ConfigKey<Boolean> CAPTURE_ERROR =
      ConfigKey.flag("POWERTOOLS_TRACER_CAPTURE_ERROR", "Whether spans have exceptions' texts.")
          .withDefault(true);

  static TracingSettings of(FunctionRuntime runtime) {
    return runtime.part(TracingSettings.class, TracingSettings::read);
  }

  private static TracingSettings read(FunctionRuntime runtime) {
    Config config = runtime.config();
    TracingOptions options = runtime.part(TracingOptions.class).orElse(TracingOptions.defaults());
    return new TracingSettings(
        config.get(DISABLED),
        options.captureResult().orElse(config.get(CAPTURE_RESULT)),
        options.captureError().orElse(config.get(CAPTURE_ERROR)),
        options,
        Redactor.of(runtime));
  }
}
