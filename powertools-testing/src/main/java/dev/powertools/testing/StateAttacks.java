// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.testing.TenantAttack.AttackList;
import dev.powertools.testing.TenantAttack.Group;

/** What tenants could see of each other through the function: its memory, its keys, its threads. */
final class StateAttacks {

  private static final int AT_ONCE = 64;

  private StateAttacks() {}

  static void addTo(AttackList list) {
    list.add(
        Group.STATE,
        "the same work after the victim's",
        scene -> {
          scene.victimWorks();
          scene.requireNothingOfVictim(scene.attackerWorks());
        });
    list.add(
        Group.STATE,
        "the victim's secret is left behind in memory",
        scene -> {
          scene.victimWorks();
          scene.leaks().assertAbsentFromHeap();
        });
    list.add(
        Group.STATE,
        "the same work after the victim's, in an environment of its own",
        scene -> {
          scene.victimWorks();
          scene.function().cold();
          scene.requireNothingOfVictim(scene.attackerWorks());
        });
    list.add(
        Group.CONTEXT,
        "both tenants work at once, " + AT_ONCE + " invocations of one handler object",
        scene -> scene.workAtOnce(AT_ONCE));
    list.add(
        Group.CONTEXT,
        "after a refusal the others work on",
        scene -> {
          scene.refused(scene.unproved());
          scene.requireNothingOfVictim(scene.attackerWorks());
        });
    list.add(
        Group.CONTEXT,
        "without a tenant, right after the attacker's own work",
        scene -> {
          scene.attackerWorks();
          scene.refused(scene.unproved());
        });
  }
}
