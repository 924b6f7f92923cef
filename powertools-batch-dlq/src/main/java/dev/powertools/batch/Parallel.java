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
 * On a batch handler: how many records are handled at a time. Without it they are handled one after
 * the other. Records of a group of a FIFO queue always are. On any other class it is an error.
 *
 * <p>Records run on virtual threads where the JDK has them (21 and later), and on a pool of threads
 * elsewhere. The handler is one object for all of them: what it holds must be safe for that.
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 2)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Parallel {

  /** The most records of one batch that are handled at a time; from 1 to 10000. */
  int max();

  /**
   * The name of a message attribute whose values share the permits: when one is free, it goes to a
   * record of the value that has the fewest running, so that no value takes them all while another
   * waits. By default that is done by the message group, which a standard queue's messages have if
   * they are to be treated fairly. A record without one waits for nobody's turn but its own. It is
   * a hint for the order and nothing else: whoever sends a message chooses it.
   */
  String fairnessKey() default "";
}
