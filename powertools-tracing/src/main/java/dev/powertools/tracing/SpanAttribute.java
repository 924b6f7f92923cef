// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a parameter of a method with {@link Tracing} on its span. Numbers and booleans keep their
 * type; anything else becomes text, which is redacted and cut. Nothing is put for {@code null}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface SpanAttribute {

  /**
   * The name of the attribute, such as {@code order.id}; by default the parameter's name, for which
   * the compiler needs {@code -parameters}.
   */
  String value() default "";

  /**
   * Which value of the parameter: a JSON Pointer into it, whatever its form, such as {@code
   * /orderId}. By default the whole.
   */
  String pointer() default "";
}
