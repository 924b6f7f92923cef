// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Builds the link of {@link Logging}. */
final class LoggingFactory implements InterceptorFactory<Logging> {

  private static final ConfigKey<Boolean> LOG_EVENT =
      ConfigKey.flag("POWERTOOLS_LOGGER_LOG_EVENT", "Whether events are logged.")
          .withDefault(false);
  private static final ConfigKey<Boolean> LOG_RESPONSE =
      ConfigKey.flag("POWERTOOLS_LOGGER_LOG_RESPONSE", "Whether responses are logged.")
          .withDefault(false);
  private static final ConfigKey<Boolean> LOG_ERROR =
      ConfigKey.flag("POWERTOOLS_LOGGER_LOG_ERROR", "Whether what handlers throw is logged.")
          .withDefault(false);

  @Override
  public Interceptor create(Logging annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    warnOfForeignBinding(LoggerFactory.getILoggerFactory());
    LoggingOptions options = options(annotation);
    return LoggingInterceptor.of(
        options,
        withThoseOfAll(options, runtime.config()),
        new SignalLines(LoggerFactory.getLogger(SignalLines.LOGGER_NAME)),
        LoggerFactory.getLogger(joinPoint.owner()));
  }

  private static LoggingOptions options(Logging annotation) {
    LoggingOptions.Builder options =
        LoggingOptions.builder()
            .correlationId(annotation.correlationId())
            .maxPayloadBytes(annotation.maxPayloadBytes());
    return asked(options, annotation.logEvent(), annotation.logResponse(), annotation.logError())
        .build();
  }

  private static LoggingOptions withThoseOfAll(LoggingOptions options, Config config) {
    boolean event = config.get(LOG_EVENT);
    boolean response = config.get(LOG_RESPONSE);
    boolean error = config.get(LOG_ERROR);
    return event || response || error
        ? asked(options.toBuilder(), event, response, error).build()
        : options;
  }

  private static LoggingOptions.Builder asked(
      LoggingOptions.Builder options, boolean event, boolean response, boolean error) {
    if (event) {
      options.logEvent();
    }
    if (response) {
      options.logResponse();
    }
    if (error) {
      options.logError();
    }
    return options;
  }

  private static void warnOfForeignBinding(ILoggerFactory bound) {
    if (!(bound instanceof LoggerContext) && Warnings.first(LoggingFactory.class)) {
      Warnings.LOGGER.warn(
          "@Logging writes JSON through Logback, but SLF4J is bound to {}. Take that provider off"
              + " the class path.",
          bound.getClass().getName());
    }
  }
}
