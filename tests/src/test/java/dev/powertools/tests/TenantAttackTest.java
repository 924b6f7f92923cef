// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TenantAttack;
import dev.powertools.testing.TenantAttack.Group;
import dev.powertools.testing.TenantTest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@FunctionTest
class TenantAttackTest {

  private static final Set<Group> ON_EVENTS =
      EnumSet.of(Group.IDENTITY, Group.GRAMMAR, Group.CONTEXT, Group.STATE);

  // region attacks
  @TenantTest(tenants = {"acme", "globex"})
  void keeps_tenants_apart(TenantAttack attack, Functions functions) {
    attack.against(
        functions,
        BaseClassNotes.class,
        secret -> Events.apiGatewayV2("POST", "/notes").body(secret));
  }

  // endregion

  @TenantTest
  void keeps_tenants_apart_in_objects_of_the_event_library(
      TenantAttack attack, Functions functions) {
    attack.against(
        functions,
        TenantNotes.WovenHttp.class,
        secret -> Events.apiGatewayV2("POST", "/notes").body(secret));
  }

  @TenantTest
  void keeps_tenants_apart_behind_a_lambda_authorizer(TenantAttack attack, Functions functions) {
    attack.against(
        functions,
        TenantNotes.WovenRest.class,
        secret -> Events.apiGatewayV1("POST", "/notes").body(secret));
  }

  private static List<TenantAttack> onEvents() {
    return TenantAttack.all("acme", "globex").stream()
        .filter(attack -> ON_EVENTS.contains(attack.group()))
        .toList();
  }

  private static List<String> gotThrough(Class<?> handler) {
    List<String> names = new ArrayList<>();
    for (TenantAttack attack : onEvents()) {
      try (Functions functions = Functions.start()) {
        attack.against(
            functions, handler, secret -> Events.apiGatewayV2("POST", "/notes").body(secret));
      } catch (AssertionError e) {
        names.add(attack.toString());
      }
    }
    return names;
  }

  @Test
  void finds_a_handler_that_remembers_without_the_tenant() {
    assertThat(gotThrough(TenantNotes.Cached.class))
        .contains(
            "STATE: the same work after the victim's",
            "STATE: the victim's secret is left behind in memory",
            "CONTEXT: both tenants work at once, 64 invocations of one handler object")
        .noneMatch(name -> name.startsWith("GRAMMAR"));
  }

  @Test
  void finds_a_handler_that_lets_a_header_say_whose_notes_they_are() {
    assertThat(gotThrough(TenantNotes.Overridden.class))
        .contains("IDENTITY: the header x-tenant-id names the victim")
        .noneMatch(name -> name.startsWith("GRAMMAR"));
  }

  @Test
  void finds_a_handler_that_is_not_isolated() {
    assertThat(gotThrough(TenantNotes.Unisolated.class)).hasSameSizeAs(onEvents());
  }

  @Test
  void has_attacks_of_every_group_and_no_two_of_one_name() {
    List<TenantAttack> all = TenantAttack.all("acme", "globex");

    assertThat(all).extracting(TenantAttack::group).contains(Group.values());
    assertThat(all).extracting(Object::toString).doesNotHaveDuplicates();
    assertThat(all).hasSizeGreaterThan(70);
  }
}
