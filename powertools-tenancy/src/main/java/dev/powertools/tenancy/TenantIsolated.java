// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a call through only for a tenant that is proved: by the sources that stand beside it, such
 * as {@link dev.powertools.tenancy.source.FromJwt}. All of them that say something must agree, to
 * the byte; a source of the client's may confirm and never decides; the order never matters; and
 * there is no default. Before that, nothing of the function's own runs, and no payload is decoded.
 *
 * <pre>{@code
 * @TenantIsolated
 * @FromJwt(claim = "custom:tenant_id")
 * @ConfirmedByPath("tenantId")
 * public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
 *   return notesOf(Tenants.current().id());
 * }
 * }</pre>
 *
 * <p>On a handler's method or type it is about the invocation, on the record method of a base class
 * about each record: a record that is refused fails alone. {@link Tenants#current()} tells the
 * tenant until the call returns, {@link Tenants#TENANT_ID} until the invocation or record has
 * ended. A runtime in which anything is isolated requires the tenant in every key that it makes.
 *
 * <p>Refused work ends in a {@link TenantDeniedException}, a signal {@link TenantDenied} and a line
 * {@code tenant_denied}, none of which repeats an id that was refused. A {@link
 * dev.powertools.tenancy.spi.TenantDirectory} in the runtime is asked whether the tenant is active.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = TenantIsolatedFactory.class, phase = Phase.TENANT, side = Side.OWN)
public @interface TenantIsolated {

  /** What ids look like; {@link TenantGrammar#SLUG} by default. */
  TenantGrammar grammar() default TenantGrammar.SLUG;

  /**
   * Whether the tenant id of Lambda's own {@code Context} decides. It is what the invoker asked
   * for, a routing key: by default it must only not contradict. Say true where nobody who could
   * give a wrong one has the permission to invoke the function.
   */
  boolean trustLambdaTenantId() default false;
}
