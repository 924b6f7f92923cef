// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.testing.TenantAttack.Group;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where attacks on a handler's clients of AWS are put. */
@FunctionalInterface
interface ClientList {

  void add(Group group, String name, Consumer<ClientScene> script);

  /** An attack on one thing that is declared, by the clients that it is declared for. */
  @FunctionalInterface
  interface Script<T> {
    void play(ClientScene scene, Guarded clients, T target);
  }

  /** Plays an attack on everything of a kind that the handler's clients declare. */
  static <T> void each(
      ClientScene scene, String service, Function<Guarded, List<T>> targets, Script<T> script) {
    boolean any = false;
    for (Guarded clients : scene.clients(service)) {
      for (T target : targets.apply(clients)) {
        script.play(scene, clients, target);
        any = true;
      }
    }
    if (!any) {
      throw new AssertionError(
          "the handler has no TenantClients of "
              + service
              + " with something declared for it, so there is nothing to attack. Declare what is"
              + " the tenants' on the isolation type, or leave this group of attacks out.");
    }
  }
}
