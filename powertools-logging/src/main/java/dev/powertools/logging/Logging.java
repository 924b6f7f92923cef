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

  /**
   * The share of invocations, from 0 to 1, whose lines go down to {@link #sampledLevel}. It is
   * decided once for each unit of work, records follow their batch, and no other invocation sees
   * anything of it. If it is above 0, lines have it as {@code sampling_rate}. The environment
   * variable {@code POWERTOOLS_LOGGER_SAMPLE_RATE} stands over it.
   */
  double samplingRate() default 0;

  /** The level of sampled invocations, but never below what the platform lets through. */
  String sampledLevel() default "DEBUG";

  /**
   * The loggers that are lowered where an invocation is sampled, by name or package. By default
   * those that have their level from the root, save the AWS SDK's; one with a level of its own has
   * to be named.
   */
  String[] sampledLoggers() default {};

  /**
   * Keeps lines that are not written for their level, down to this one, for as long as the unit of
   * work lasts; and writes them, before whatever comes next, if an ERROR is logged, the unit of
   * work fails, or {@link #slowerThan}, {@link #debugFor} or {@link #deadlineMargin} say so. Else
   * they are dropped. After an ERROR it begins anew. None by default; for all by {@code
   * POWERTOOLS_LOGGER_BUFFER_LEVEL}.
   */
  String bufferLevel() default "";

  /**
   * How much of the lines of a unit of work is kept, in bytes: the newest. Those that were dropped
   * are counted. For all by {@code POWERTOOLS_LOGGER_BUFFER_MAX_BYTES}.
   */
  int maxBufferBytes() default 20_480;

  /**
   * The duration, such as {@code 2s}, over which a call's kept lines are written; for all by {@code
   * POWERTOOLS_LOGGER_SLOWER_THAN}.
   */
  @ValueForm(TextForm.DURATION)
  String slowerThan() default "";

  /**
   * For whom the kept lines are written: facts of the unit of work as lines have them, such as
   * {@code "tenant_id=acme"}; any one of them suffices, and it may become known at any time. The
   * level is DEBUG if {@link #bufferLevel} says nothing. For all by {@code
   * POWERTOOLS_LOGGER_DEBUG_FOR}, with commas in between.
   */
  String[] debugFor() default {};

  /**
   * Writes a last line that says how many lines and bytes the invocation has written; for all by
   * {@code POWERTOOLS_LOGGER_COUNT_BYTES}.
   */
  boolean countBytes() default false;

  /**
   * How many bytes of lines an invocation may write. The first line that goes beyond it, and all
   * after that, are suppressed, save those at ERROR; a last line says how many. No limit by
   * default; for all by {@code POWERTOOLS_LOGGER_MAX_BYTES}.
   */
  int maxBytes() default 0;

  /**
   * Writes a line once that is logged several times in a row within a unit of work, and then how
   * often it was repeated. Lines are the same here if they have the same logger, level and message
   * pattern, and the same {@code hash} of the error; arguments, keys and the MDC are not compared.
   * For all by {@code POWERTOOLS_LOGGER_COLLAPSE_REPEATS}.
   */
  boolean collapseRepeats() default false;

  /**
   * How long before the function's timeout, such as {@code 500ms}, the kept lines are written, and
   * one at WARN that says where the handler's thread stands; for all by {@code
   * POWERTOOLS_LOGGER_DEADLINE_MARGIN}.
   */
  @ValueForm(TextForm.DURATION)
  String deadlineMargin() default "";
}
