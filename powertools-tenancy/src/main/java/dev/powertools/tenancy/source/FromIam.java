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
 * The tenant is the session name of the role that signed the request, of API Gateway or a function
 * URL with IAM authorization. Trusted as verified: who may assume the role must not be free to
 * choose the name of the session.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.Iam.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromIam {

  /**
   * The ARN of the role, as {@code arn:aws:iam::123456789012:role/tenants}; {@code ${NAME}} stands
   * for an environment variable. Sessions of other roles are denied.
   */
  @ValueForm(TextForm.NOT_BLANK)
  String role();
}
