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
 * On a batch handler: where records go that can never succeed. Without it they go to the queue that
 * the source queue's redrive policy names. On any other class it is an error.
 */
@Documented
@Inherited
@Intercepted(by = DeadLetterFactory.class, phase = Phase.BODY)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DeadLetter {

  /**
   * The URL or the ARN of the queue. {@code ${NAME}} stands for the environment variable NAME,
   * which must then be set. It must not be the source queue.
   */
  @ValueForm(TextForm.NOT_BLANK)
  String queue();
}
