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
 * What a value of the event, or of the record, says must be the tenant. Whoever sent it wrote it,
 * so it never decides.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.Payload.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface ConfirmedByPayload {

  /** Where the value is: {@code /body/tenantId}, {@code /requestPayload/tenantId}. */
  @ValueForm(TextForm.POINTER)
  String value();
}
