// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tenant is the one to which the connection of a WebSocket API was bound when it was opened, as
 * a {@link ConnectionTenants} of the runtime tells: frames after the first carry no authorizer that
 * we would ask. A connection that was never bound is denied.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.Connection.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromConnection {}
