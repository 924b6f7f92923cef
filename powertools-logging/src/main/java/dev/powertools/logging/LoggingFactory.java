// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.config.DurationText;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Builds the link of {@link Logging}. */
final class LoggingFactory implements InterceptorFactory<Logging> {

  @Override
  public Interceptor create(Logging annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    warnOfForeignBinding(LoggerFactory.getILoggerFactory());
    return LoggingInterceptor.of(
        options(annotation),
        runtime,
        new SignalLines(LoggerFactory.getLogger(SignalLines.LOGGER_NAME)),
        LoggerFactory.getLogger(joinPoint.owner()));
  }

  private static LoggingOptions options(Logging annotation) {
    LoggingOptions.Builder options =
        LoggingOptions.builder()
            .correlationId(annotation.correlationId())
            .maxPayloadBytes(annotation.maxPayloadBytes())
            .samplingRate(annotation.samplingRate())
            .sampledLevel(annotation.sampledLevel())
            .sampledLoggers(annotation.sampledLoggers())
            .bufferLevel(annotation.bufferLevel())
            .maxBufferBytes(annotation.maxBufferBytes())
            .debugFor(annotation.debugFor())
            .maxBytes(annotation.maxBytes());
    if (annotation.logEvent()) {
      options.logEvent();
    }
    if (annotation.logResponse()) {
      options.logResponse();
    }
    if (annotation.logError()) {
      options.logError();
    }
    return more(annotation, options).build();
  }

  private static LoggingOptions.Builder more(Logging annotation, LoggingOptions.Builder options) {
    if (annotation.countBytes()) {
      options.countBytes();
    }
    if (annotation.collapseRepeats()) {
      options.collapseRepeats();
    }
    if (!annotation.slowerThan().isEmpty()) {
      options.slowerThan(DurationText.parse(annotation.slowerThan()));
    }
    if (!annotation.deadlineMargin().isEmpty()) {
      options.deadlineMargin(DurationText.parse(annotation.deadlineMargin()));
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
