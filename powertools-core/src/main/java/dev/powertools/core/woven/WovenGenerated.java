// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the methods that the weaver generated. Coverage tools leave out methods with an annotation
 * whose name contains {@code Generated}, so coverage is that of the code the user wrote.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface WovenGenerated {}
