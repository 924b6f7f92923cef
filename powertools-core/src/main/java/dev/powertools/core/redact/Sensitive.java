// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what must not be seen in logs, spans or failure texts: its value is masked there, whatever
 * the {@link Redactor}'s other rules. Stored results, message bodies and responses keep it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER
})
public @interface Sensitive {}
