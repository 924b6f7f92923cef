// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what form an annotation's string attribute must have. The weaver checks it while the user's
 * project is built, and the chain again when it is built. The empty string means "not set" and is
 * always accepted, save by {@link TextForm#NOT_BLANK}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ValueForm {

  /** The form of the value. */
  TextForm value();
}
