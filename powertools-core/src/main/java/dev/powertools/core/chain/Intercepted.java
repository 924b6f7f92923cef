// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation type a link of the chain: every method that bears the annotation is
 * intercepted by what {@link #by} builds. The toolkit's own annotations are made like this, and so
 * are users' own.
 *
 * <pre>{@code
 * @Intercepted(by = AuditFactory.class, phase = Phase.METRIC)
 * @Retention(RetentionPolicy.RUNTIME)
 * @Target({ElementType.METHOD, ElementType.TYPE})
 * public @interface Audited {}
 * }</pre>
 *
 * <p>The annotation needs {@link RetentionPolicy#RUNTIME}. On a method it means that method; on a
 * handler's type it means the whole function invocation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface Intercepted {

  /** The factory that builds the link; has a constructor without parameters. */
  Class<? extends InterceptorFactory<?>> by();

  /** The phase in which the link stands. */
  Phase phase();

  /** The side of the toolkit's own link of that phase; {@link Side#INSIDE} by default. */
  Side side() default Side.INSIDE;

  /**
   * The order among links of the same phase and side, smaller is further out; 0 by default. Two
   * links with the same phase, side and order on one method are an initialisation error.
   */
  int order() default 0;
}
