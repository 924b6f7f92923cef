// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.powertools.core.config.Config;
import dev.powertools.core.woven.UnwovenScan;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Set;

/**
 * Configures Logback as a service, without any file: the root logger has the level that the
 * environment asks for, and one appender that writes JSON lines to standard output. Where there is
 * a configuration file ({@code logback.configurationFile}, {@code logback-test.xml}, {@code
 * logback.xml}), Logback uses that one and nothing happens here; such a file may name {@link
 * JsonLineEncoder}.
 *
 * <p>It bears no rank, since an annotation costs milliseconds at start; a configurator of your own
 * that is to run before it needs one above the default.
 */
public final class PowertoolsConfigurator extends ContextAwareBase implements Configurator {

  private final Config config;
  private final OutputStream out;
  private final ClassLoader loader;

  /** For Logback, which finds it as a service. */
  public PowertoolsConfigurator() {
    this(
        Config.environment(),
        new FileOutputStream(FileDescriptor.out),
        PowertoolsConfigurator.class.getClassLoader());
  }

  PowertoolsConfigurator(Config config, OutputStream out, ClassLoader loader) {
    this.config = config;
    this.out = out;
    this.loader = loader;
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.powertools.core.UnwovenClassError if the function's handler was not woven: an
   *     error, since Logback swallows a configurator's exceptions and the function would run on
   */
  @Override
  public ExecutionStatus configure(LoggerContext loggerContext) {
    UnwovenScan.checkHandler(config, loader); // an error, which Logback lets through
    if (hasFile()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    JsonLineAppender appender = new JsonLineAppender(JsonLayout.of(config), out);
    appender.setName("powertools");
    appender.setContext(loggerContext);
    appender.start();
    loggerContext.addTurboFilter(new ThrowableGuard());
    LogLevels levels = LogLevels.of(config);
    Logger root = loggerContext.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(levels.root());
    root.addAppender(appender);
    StatusLines.install(loggerContext);
    warn(levels, loggerContext);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private boolean hasFile() {
    return config.systemProperty(ClassicConstants.CONFIG_FILE_PROPERTY).isPresent()
        || loader.getResource(ClassicConstants.TEST_AUTOCONFIG_FILE) != null
        || loader.getResource(ClassicConstants.AUTOCONFIG_FILE) != null;
  }

  private void warn(LogLevels levels, LoggerContext loggerContext) {
    for (String warning : levels.warnings()) {
      loggerContext.getLogger(Warnings.LOGGER_NAME).warn(warning);
    }
    String wrongDev = LineSettings.wrongDev(config);
    if (wrongDev != null) {
      loggerContext.getLogger(Warnings.LOGGER_NAME).warn(wrongDev);
    }
    Set<String> foreign = Slf4jProviders.foreign(loader);
    if (!foreign.isEmpty()) {
      loggerContext
          .getLogger(Warnings.LOGGER_NAME)
          .warn(
              "There are more SLF4J providers on the class path than Logback's: {}. SLF4J takes"
                  + " whichever it finds first; remove them.",
              foreign);
    }
  }
}
