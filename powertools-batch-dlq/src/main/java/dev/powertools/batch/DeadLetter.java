// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a batch handler: where records go that can never succeed, and which those are. On any other
 * class it is an error.
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 1)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DeadLetter {

  /**
   * The URL or the ARN of the queue. {@code ${NAME}} stands for the environment variable NAME,
   * which must then be set. It must not be the source queue. Without one, records go to the queue
   * that the source queue's redrive policy names.
   */
  String queue() default "";

  /**
   * After how many receives a record goes to the dead-letter queue without being run once more, as
   * {@link DeadLetterReason#POISON}; 3 at least and less than the {@code maxReceiveCount} of the
   * source queue's redrive policy. By default none does: receives are no failures, and one that was
   * received often runs last and alone.
   */
  int poisonAfterReceives() default 0;

  /**
   * How many frames of the root cause's stack the failure record shows, as {@code
   * class.method:line}; 0 for none, 32 at most. By default as many as the environment variable
   * {@code POWERTOOLS_DEAD_LETTER_FRAMES} says, and none without it: a dead letter leaves the
   * function, and may be read by people who need not know its code.
   */
  int frames() default -1;

  /** What becomes of the rest of a FIFO group behind a dead letter; it runs by default. */
  AfterDeadLetter then() default AfterDeadLetter.CONTINUE_GROUP;
}
