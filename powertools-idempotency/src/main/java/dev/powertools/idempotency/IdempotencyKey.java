// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what the key of an {@link Idempotent} method is made from: a parameter as a whole, one
 * component of the record that a parameter is, or one field of the bean that it is, which is read
 * by its public getter. One mark on a method; for a key of several values put them into one record
 * and mark that.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface IdempotencyKey {}
