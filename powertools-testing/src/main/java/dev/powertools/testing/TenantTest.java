// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that attacks a handler: it runs once for each attack there is, and is red for each that
 * gets through. In a class that is a {@link FunctionTest}:
 *
 * <pre>{@code
 * @TenantTest(tenants = {"acme", "globex"})
 * void keeps_tenants_apart(TenantAttack attack, Functions functions) {
 *   attack.against(
 *       functions,
 *       NotesHandler.class,
 *       secret -> Events.apiGatewayV2("POST", "/notes").body(Map.of("text", secret)));
 * }
 * }</pre>
 *
 * <p>Needs powertools-tenancy on the class path.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(TenantTestExtension.class)
public @interface TenantTest {

  /** The attacker and the victim, both tenants of the function. */
  String[] tenants() default {"acme", "globex"};

  /**
   * What attacks aim at; by default at handlers of events that carry a proof. {@code
   * Group.MESSAGING} is for handlers of a queue that tenants share; {@code Group.DYNAMODB}, {@code
   * S3}, {@code SDK} and {@code CREDENTIALS} for those whose clients of AWS are {@code
   * TenantClients}.
   */
  TenantAttack.Group[] groups() default {
    TenantAttack.Group.IDENTITY,
    TenantAttack.Group.GRAMMAR,
    TenantAttack.Group.CONTEXT,
    TenantAttack.Group.STATE
  };
}
