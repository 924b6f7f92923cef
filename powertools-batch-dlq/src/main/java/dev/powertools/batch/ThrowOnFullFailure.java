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
 * On a batch handler: a batch of which no record is acknowledged fails the invocation with a {@link
 * FullBatchFailureException}, so that the platform counts it as an error. Without the annotation it
 * is answered with all records, as one in which some failed. Either way all are delivered again. On
 * any other class it is an error.
 */
@Documented
@Inherited
@Intercepted(by = BatchOptionFactory.class, phase = Phase.BODY, order = 6)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ThrowOnFullFailure {}
