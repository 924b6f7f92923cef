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
 * On a batch handler: how long before the function's timeout the batch is answered, whatever still
 * runs. What is not finished by then is delivered again, what is finished is not: without an answer
 * all of the batch would be. On any other class it is an error.
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 3)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Deadline {

  /**
   * The time that is kept free at the end, such as {@code 2s}: for dead letters and the response.
   * Without it it is a tenth of the time left when the batch comes, but one second at least and a
   * quarter of that time at most. Never more than half of it, or nothing would run.
   */
  @ValueForm(TextForm.DURATION)
  String reserve() default "";

  /**
   * After what time records that did not run for lack of time are delivered again, such as {@code
   * 5s}, which is the default; at most 11 h 45 min. Needs {@code sqs:ChangeMessageVisibility} on
   * the source queue; without it they come when their visibility timeout ends. What still ran keeps
   * its visibility timeout, and so does what comes after it in a FIFO group.
   */
  @ValueForm(TextForm.DURATION)
  String unrunDelay() default "5s";
}
