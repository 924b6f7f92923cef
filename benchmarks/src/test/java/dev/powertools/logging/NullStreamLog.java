// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.powertools.core.config.Config;
import java.io.OutputStream;
import java.util.Map;

/** Configures a Logback as a function's is, but for where the lines go. */
public final class NullStreamLog {

  private NullStreamLog() {}

  /** Into a stream that drops them. */
  public static void configure(LoggerContext context) {
    configure(context, OutputStream.nullOutputStream());
  }

  /** Into this stream. */
  public static void configure(LoggerContext context, OutputStream out) {
    Config config = Config.of(Map.of("POWERTOOLS_SERVICE_NAME", "orders"));
    PowertoolsConfigurator configurator =
        new PowertoolsConfigurator(config, out, new ClassLoader(null) {});
    configurator.setContext(context);
    configurator.configure(context);
  }
}
