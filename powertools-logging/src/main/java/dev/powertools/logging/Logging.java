// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Logs with what is known about the invocation: takes the correlation id from the event, and prints
 * the toolkit's signals at DEBUG. Nothing that it sets outlives the unit of work: the invocation,
 * or the record of a batch.
 *
 * <p>On a handler's type it means the function invocation, on a method that method's calls. Within
 * a unit of work that has a correlation id already, the id of an inner method holds for that call
 * and is then put back.
 */
@Documented
@Intercepted(by = LoggingFactory.class, phase = Phase.LOG, side = Side.OWN)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Logging {

  /**
   * Where the correlation id is found in the event: a JSON Pointer, such as one of the constants of
   * {@link CorrelationId}. None by default. If there is nothing at that place, the lines have no
   * {@code correlation_id}.
   */
  @ValueForm(TextForm.POINTER)
  String correlationId() default "";

  /**
   * Writes the event into the log, at INFO: redacted, cut at {@link #maxPayloadBytes}. The
   * environment variable {@code POWERTOOLS_LOGGER_LOG_EVENT} set to {@code true} does so for all.
   */
  boolean logEvent() default false;

  /**
   * Writes the response into the log, at INFO, as {@link #logEvent}; for all by {@code
   * POWERTOOLS_LOGGER_LOG_RESPONSE}.
   */
  boolean logResponse() default false;

  /**
   * Writes what the method throws into the log, at ERROR, before the platform reports it; for all
   * by {@code POWERTOOLS_LOGGER_LOG_ERROR}.
   */
  boolean logError() default false;

  /** How much of an event or response is written, in bytes; from 32. */
  int maxPayloadBytes() default 16_384;
}
