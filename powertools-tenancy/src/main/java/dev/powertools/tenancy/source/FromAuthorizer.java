// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tenant is in the context that a Lambda authorizer returned, of a REST, HTTP or WebSocket API.
 * Trusted as verified. Denied if the event comes from another kind of authorizer.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.Authorizer.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromAuthorizer {

  /** The name in the context, exactly. */
  @ValueForm(TextForm.NOT_BLANK)
  String key();
}
