// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.powertools.core.ConfigurationException;
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
 * @param isReadable whether lines are for people, not JSON; never for a sink
 */
record LineSettings(
    String service,
    @Nullable LayoutOptions options,
    @Nullable LogSink sink,
    Redactor redactor,
    Timing timing,
    boolean isReadable) {

  private static final ConfigKey<String> SERVICE =
      ConfigKey.text("POWERTOOLS_SERVICE_NAME", "The name of the service in logs and spans.")
          .withDefault("service_undefined");

  private static final ConfigKey<Boolean> DEV =
      ConfigKey.flag("POWERTOOLS_DEV", "Whether log lines are readable text instead of JSON.")
          .withDefault(false);

  static LineSettings of(FunctionRuntime runtime) {
    return runtime.part(LineSettings.class, LineSettings::read);
  }

  /** Those of lines that are written outside of any runtime. */
  static LineSettings of(Config config) {
    return new LineSettings(
        config.get(SERVICE), null, null, Redactor.defaults(), Timing.system(), isDev(config));
  }

  private static LineSettings read(FunctionRuntime runtime) {
    LogSink sink = runtime.part(LogSink.class).orElse(null);
    return new LineSettings(
        runtime.config().get(SERVICE),
        runtime.part(LayoutOptions.class).orElse(null),
        sink,
        Redactor.of(runtime),
        runtime.timing(),
        sink == null && isDev(runtime.config()));
  }

  private static boolean isDev(Config config) {
    return wrongDev(config) == null && config.get(DEV);
  }

  /** What is wrong with the setting, for which lines stay JSON. */
  static @Nullable String wrongDev(Config config) {
    try {
      boolean unusedValue = config.get(DEV);
      return null;
    } catch (ConfigurationException e) {
      return e.getMessage();
    }
  }

  /** When the event happened, in the runtime's time: a test's clock shows in its lines. */
  long timeOf(ILoggingEvent event) {
    return timing == Timing.system() ? event.getTimeStamp() : timing.now().toEpochMilli();
  }
}
