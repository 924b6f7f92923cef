// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a batch handler: how long a record that failed stays hidden before it is delivered again. It
 * waits longer each time that it was received, see {@link Backoff}. Without the annotation it waits
 * as long as the queue's visibility timeout has left. On any other class it is an error.
 *
 * <p>A delay that the handler or the exception names ({@link
 * dev.powertools.core.Outcome#retryAfter}, {@link dev.powertools.core.Transient#retryAfter()})
 * comes before that, with this annotation and without it.
 *
 * <p>Needs {@code sqs:ChangeMessageVisibility} on the source queue, which AWS's managed policy for
 * functions behind queues does not hold. The queue is asked after the batch is done, as well as the
 * time left allows; if that fails, the record comes when its visibility timeout ends.
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 4)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Redelivery {

  /** The delay after the first receive, such as {@code 10s}; one second at least. */
  @ValueForm(TextForm.DURATION)
  String base() default "10s";

  /** By how much the delay grows with each receive; one at least. */
  double multiplier() default 3;

  /** The longest delay; at most 11 h 45 min, since SQS hides no message for longer than 12 h. */
  @ValueForm(TextForm.DURATION)
  String max() default "15m";
}
