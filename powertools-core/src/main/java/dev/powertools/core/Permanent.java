// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an exception type: trying again cannot help, as with an invalid order. A record that fails
 * with it goes to the dead letters after one attempt. Subclasses inherit it, the nearest mark
 * counts.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Permanent {}
