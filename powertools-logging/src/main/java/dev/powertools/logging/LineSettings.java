// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.core.redact.Redactor;
import dev.powertools.logging.spi.LogSink;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime says about lines of log.
 *
 * @param service the name of the service
 * @param options the layout's options; {@code null} if the runtime leaves them to the encoder
 * @param sink where lines go; {@code null} for standard output
 * @param redactor masks what users' keys and values must not show
 * @param timing whose time lines bear
 */
record LineSettings(
    String service,
    @Nullable LayoutOptions options,
    @Nullable LogSink sink,
    Redactor redactor,
    Timing timing) {

  private static final ConfigKey<String> SERVICE =
      ConfigKey.text("POWERTOOLS_SERVICE_NAME", "The name of the service in logs and spans.")
          .withDefault("service_undefined");

  static LineSettings of(FunctionRuntime runtime) {
    return runtime.part(LineSettings.class, LineSettings::read);
  }

  /** Those of lines that are written outside of any runtime. */
  static LineSettings of(Config config) {
    return new LineSettings(config.get(SERVICE), null, null, Redactor.defaults(), Timing.system());
  }

  private static LineSettings read(FunctionRuntime runtime) {
    return new LineSettings(
        runtime.config().get(SERVICE),
        runtime.part(LayoutOptions.class).orElse(null),
        runtime.part(LogSink.class).orElse(null),
        Redactor.of(runtime),
        runtime.timing());
  }

  /** When the event happened, in the runtime's time: a test's clock shows in its lines. */
  long timeOf(ILoggingEvent event) {
    return timing == Timing.system() ? event.getTimeStamp() : timing.now().toEpochMilli();
  }
}
