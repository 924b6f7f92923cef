// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Builds the link of {@link Logging}. */
final class LoggingFactory implements InterceptorFactory<Logging> {

  @Override
  public Interceptor create(Logging annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    warnOfForeignBinding(LoggerFactory.getILoggerFactory());
    return LoggingInterceptor.of(
        LoggingOptions.builder().correlationId(annotation.correlationId()).build());
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
