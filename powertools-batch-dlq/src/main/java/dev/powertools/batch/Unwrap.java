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
 * On a handler of an SQS queue: the payload is inside other services' envelopes. Without the
 * annotation a body is what it is, whatever it looks like. On any other class it is an error.
 *
 * <p>Named envelopes must be there, the outermost first: a body without them can't be read, and
 * goes to the dead-letter queue as it came. With none named, an envelope is taken off where it
 * can't be mistaken for anything else, and where the payload type has no property of the name of
 * what is inside it ({@code Message}, {@code detail}, {@code Records}).
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 9)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Unwrap {

  /** The envelopes, outermost first; none for those that are recognised. */
  Envelope[] value() default {};
}
