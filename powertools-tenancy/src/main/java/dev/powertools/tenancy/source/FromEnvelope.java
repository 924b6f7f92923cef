// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

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
 * The tenant is the one for which a message was signed ({@link
 * dev.powertools.tenancy.envelope.TenantEnvelope}). Proves it for records of SQS queues, whoever
 * sent them there; for SNS topics, directly and through a queue (with raw delivery and without);
 * and for EventBridge.
 *
 * <pre>{@code
 * @TenantIsolated
 * @FromEnvelope
 * protected Outcome onRecord(Job job, RecordContext record)
 * }</pre>
 *
 * <p>A message without an envelope, or with one that does not prove its tenant here, fails alone
 * with {@link dev.powertools.tenancy.envelope.EnvelopeRefusedException} and goes to the dead
 * letters. If the keys can't be had it is delivered again. Events that are no messages it says
 * nothing about.
 */
@Documented
@Intercepted(by = Factories.Envelope.class, phase = Phase.TENANT, side = Side.BESIDE)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface FromEnvelope {

  /**
   * The ARNs of topics and event buses whose messages are accepted, beside those that were sent to
   * the record's own queue. {@code ${NAME}} stands for the environment variable NAME, which must
   * then be set.
   */
  String[] accept() default {};

  /**
   * How old an envelope may be when its message arrives in the queue or topic, such as {@code 5m};
   * by default any age. How long the message waits there does not count; but a redrive from a
   * dead-letter queue sends it anew.
   */
  @ValueForm(TextForm.DURATION)
  String maxAge() default "";
}
