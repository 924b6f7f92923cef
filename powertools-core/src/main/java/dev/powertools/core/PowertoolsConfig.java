// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names what a class runs with. On the function's handler class it holds for the whole function; on
 * another class for the calls of that class's methods outside any invocation.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PowertoolsConfig {

  /** The provider; it has a public constructor without parameters. */
  Class<? extends RuntimeProvider> value();
}
