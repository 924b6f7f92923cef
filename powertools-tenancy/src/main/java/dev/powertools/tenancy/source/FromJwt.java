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
 * The tenant is a claim of the token that API Gateway verified: by the JWT authorizer of an HTTP
 * API, or the user pool of a REST API. Trusted as verified. Denied if the event comes from another
 * kind of authorizer, or the claim is anything but one text; a token that has expired is refused
 * where its claims tell that as a number.
 *
 * <p>Not for load balancers: what they put into {@code x-amzn-oidc-data} is to be verified first.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.Jwt.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromJwt {

  /** The name of the claim, exactly. */
  @ValueForm(TextForm.NOT_BLANK)
  String claim();

  /**
   * The issuer that the token must be of, exactly, as {@code https://…}; {@code ${NAME}} stands for
   * an environment variable. Empty, the default, for whichever the authorizer accepts.
   */
  String issuer() default "";
}
