// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.local.aws.S3Fake;
import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TenantAttack;
import dev.powertools.testing.TenantAttack.Group;
import dev.powertools.testing.TenantTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@FunctionTest
class ClientAttackTest {

  // region attacks
  @TenantTest(groups = {Group.DYNAMODB, Group.S3, Group.SDK, Group.CREDENTIALS})
  void reaches_nothing_of_another_tenants(TenantAttack attack, Functions functions) {
    answered(functions);
    attack.against(
        functions,
        IsolatedOrders.Good.class,
        secret -> Events.apiGatewayV2("POST", "/orders").body(secret));
  }

  // endregion

  @TenantTest(groups = {Group.DYNAMODB, Group.S3, Group.SDK, Group.CREDENTIALS})
  void reaches_nothing_of_another_tenants_asynchronously(TenantAttack attack, Functions functions) {
    answered(functions);
    attack.against(
        functions,
        IsolatedOrders.GoodAsync.class,
        secret -> Events.apiGatewayV2("POST", "/orders").body(secret));
  }

  private static void answered(Functions functions) {
    functions.aws().serve("dynamodb", request -> AwsAnswer.json(200, "{}"));
    functions.aws().serve("s3", S3Fake.withBuckets("shared"));
  }

  private static Map<String, String> gotThrough(
      Class<?> handler, Group group, Consumer<Functions> setting) {
    Map<String, String> messages = new LinkedHashMap<>();
    for (TenantAttack attack : TenantAttack.all("acme", "globex")) {
      if (attack.group() != group) {
        continue;
      }
      try (Functions functions = Functions.start()) {
        answered(functions);
        setting.accept(functions);
        attack.against(
            functions, handler, secret -> Events.apiGatewayV2("POST", "/orders").body(secret));
      } catch (AssertionError e) {
        messages.put(attack.toString(), String.valueOf(e.getMessage()));
      }
    }
    return messages;
  }

  private static long attacks(Group group) {
    return TenantAttack.all("acme", "globex").stream()
        .filter(attack -> attack.group() == group)
        .count();
  }

  @Test
  void finds_a_client_that_is_bound_to_nobody_and_names_the_fix() {
    Map<String, String> found =
        gotThrough(
            IsolatedOrders.Unguarded.class,
            Group.SDK,
            functions -> {
              Aws aws = functions.aws();
              functions.with(DynamoDbClient.class, aws.client(DynamoDbClient.builder()));
            });

    assertThat(found).hasSize((int) attacks(Group.SDK));
    assertThat(found.values())
        .allSatisfy(message -> assertThat(message).contains("unbound", "TenantClients"));
  }

  @Test
  void finds_a_handler_without_guarded_clients() {
    assertThat(
            gotThrough(IsolatedOrders.Clientless.class, Group.DYNAMODB, functions -> {}).values())
        .hasSize((int) attacks(Group.DYNAMODB))
        .allSatisfy(message -> assertThat(message).contains("TenantClients.of("));
  }

  @Test
  void finds_a_declaration_that_is_not_so() {
    assertThat(
            gotThrough(IsolatedOrders.Misdeclared.class, Group.DYNAMODB, functions -> {}).values())
        .hasSize((int) attacks(Group.DYNAMODB))
        .allSatisfy(message -> assertThat(message).contains("denied by rule dynamodb."));
  }

  @Test
  void finds_a_guard_that_only_audits() {
    Map<String, String> found =
        gotThrough(IsolatedOrders.Audited.class, Group.DYNAMODB, functions -> {});

    assertThat(found.values())
        .hasSize((int) attacks(Group.DYNAMODB))
        .anySatisfy(message -> assertThat(message).contains("came onto the wire"));
    assertThat(
            gotThrough(
                IsolatedOrders.Good.class,
                Group.DYNAMODB,
                functions -> functions.environment("POWERTOOLS_TENANCY_GUARD", "audit")))
        .hasSize((int) attacks(Group.DYNAMODB));
  }

  @Test
  void finds_a_client_of_another_tenant_that_was_kept() {
    assertThat(gotThrough(IsolatedOrders.Keeping.class, Group.SDK, functions -> {}).values())
        .hasSize((int) attacks(Group.SDK))
        .anySatisfy(message -> assertThat(message).contains("mismatch"));
  }

  @Test
  void finds_calls_that_the_functions_own_role_signs() {
    assertThat(
            gotThrough(IsolatedOrders.WithoutRole.class, Group.CREDENTIALS, functions -> {})
                .values())
        .anySatisfy(message -> assertThat(message).contains("@TenantRole"));
    assertThat(gotThrough(IsolatedOrders.WithoutRole.class, Group.S3, functions -> {}).values())
        .allSatisfy(message -> assertThat(message).contains("TenantClients of s3"));
  }

  @Test
  void has_attacks_of_each_group() {
    assertThat(List.of(Group.DYNAMODB, Group.S3, Group.SDK, Group.CREDENTIALS))
        .allSatisfy(group -> assertThat(attacks(group)).isGreaterThan(9));
  }
}
