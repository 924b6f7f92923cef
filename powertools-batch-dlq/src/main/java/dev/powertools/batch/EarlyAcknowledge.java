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
 * On a batch handler: records that are acknowledged are deleted from their queue while the rest of
 * the batch still runs, so that a function that is killed meanwhile brings fewer of them back. The
 * response is the same with it and without. On any other class it is an error.
 *
 * <p>A delete that fails changes nothing: the response acknowledges the record all the same. In a
 * FIFO group a record is deleted only after the one before it.
 *
 * <p>Costs one request for up to ten records, made by the thread that has handled the last of them.
 * Needs {@code sqs:DeleteMessage} on the source queue, which the event source mapping needs anyway;
 * without it there is one warning, and the response alone acknowledges.
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 5)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EarlyAcknowledge {

  /** After how many acknowledged records they are deleted; 1 to 10, the most of one request. */
  int every() default 10;

  /** After what time at the latest a record that is acknowledged is deleted, such as {@code 2s}. */
  @ValueForm(TextForm.DURATION)
  String within() default "2s";
}
