// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.Tenants;
import dev.powertools.testing.TenantAttack.Group;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/** Attacks by clients that were kept, borrowed, or are bound to nobody. */
final class ScopeAttacks {

  private ScopeAttacks() {}

  static void addTo(ClientList list) {
    kept(list);
    unbound(list);
    SdkAttacks.add(
        list,
        "a client made of a bound one's configuration, without its guard",
        (scene, clients, legal) ->
            scene.denied(
                clients,
                () -> {
                  ClientOverrideConfiguration copy =
                      clients
                          .clients()
                          .current()
                          .serviceClientConfiguration()
                          .overrideConfiguration();
                  SdkClient client =
                      legal.unbound(
                          scene.functions(),
                          copy.toBuilder().executionInterceptors(List.of()).build());
                  SdkCalls.send(client, legal.of(scene.victim()));
                }));
  }

  private static void kept(ClientList list) {
    SdkAttacks.add(
        list,
        "the victim's client is kept and used in the attacker's work",
        (scene, clients, legal) -> {
          SdkClient kept = scene.client(clients, scene.victim());
          requireRule(
              "mismatch", scene.denied(clients, SdkAttacks.call(kept, legal.of(scene.victim()))));
          requireRule(
              "mismatch", scene.denied(clients, SdkAttacks.call(kept, legal.of(scene.attacker()))));
        });
    SdkAttacks.add(
        list,
        "a client is kept and used when its work is over",
        (scene, clients, legal) -> {
          SdkClient kept = scene.client(clients, scene.attacker());
          requireRule(
              "closed",
              scene.deniedOutside(clients, SdkAttacks.call(kept, legal.of(scene.attacker()))));
        });
    SdkAttacks.add(
        list,
        "a thread of the attacker's work, which knows of no tenant, asks for the victim's",
        (scene, clients, legal) -> {
          scene.sent(clients, onThread(clients, () -> legal.of(scene.attacker())));
          scene.denied(clients, onThread(clients, () -> legal.of(scene.victim())));
        });
  }

  /** Makes a request when it is needed. */
  @FunctionalInterface
  private interface Request {
    AwsRequest make();
  }

  private static ClientScene.Work onThread(Guarded clients, Request request) {
    return () -> {
      SdkClient client = clients.clients().current();
      onThread(SdkAttacks.call(client, request.make()), clients);
    };
  }

  /** Runs on a thread that has no work, in the runtime of the clients. */
  private static void onThread(ClientScene.Work work, Guarded clients) throws Throwable {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try (Scope.Attached ignored = Scope.of(clients.runtime()).attach()) {
                work.run();
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    thread.start();
    thread.join();
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private static void unbound(ClientList list) {
    list.add(
        Group.SDK,
        "a client that is bound to nobody",
        scene ->
            LegalCalls.each(
                scene,
                (same, clients, legal) -> {
                  SdkClient client = legal.unbound(scene.functions());
                  scene.sentOutside(
                      clients,
                      () ->
                          Tenants.asSystem(
                              "attack",
                              () -> {
                                send(client, legal, scene);
                                return "";
                              }));
                  requireRule(
                      "unbound",
                      scene.denied(clients, SdkAttacks.call(client, legal.of(scene.attacker()))));
                  requireRule(
                      "unbound",
                      scene.denied(
                          clients,
                          () ->
                              onThread(
                                  SdkAttacks.call(client, legal.of(scene.victim())), clients)));
                  requireRule(
                      "unbound",
                      scene.deniedOutside(
                          clients, SdkAttacks.call(client, legal.of(scene.victim()))));
                }));
  }

  private static void send(SdkClient client, LegalCalls legal, ClientScene scene) {
    try {
      SdkCalls.send(client, legal.of(scene.attacker()));
    } catch (Throwable answered) {
      // what comes back is not looked at, only whether it was sent
    }
  }

  private static void requireRule(String expected, String rule) {
    if (!rule.equals(expected)) {
      throw new AssertionError("it was denied by rule " + rule + " and not by " + expected);
    }
  }
}
