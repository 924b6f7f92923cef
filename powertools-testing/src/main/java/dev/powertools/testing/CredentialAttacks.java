// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.aws.AssumedRole;
import dev.powertools.local.aws.AwsCall;
import dev.powertools.local.aws.AwsScript;
import dev.powertools.tenancy.TenantId;
import dev.powertools.testing.ClientScene.Attempt;
import dev.powertools.testing.TenantAttack.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkClient;

/** Attacks on whose credentials sign the calls of a tenant. */
final class CredentialAttacks {

  private static final Duration LONG = Duration.ofHours(13);
  private static final int AT_ONCE = 100;
  private static final int MANY = 50;

  private CredentialAttacks() {}

  static void addTo(ClientList list) {
    add(
        list,
        "each tenant's calls are signed in a session of its own",
        (scene, clients, legal) -> {
          for (TenantId whose : List.of(scene.attacker(), scene.victim(), scene.attacker())) {
            requireOwn(scene, scene.attempt(clients, whose, call(clients, legal, whose)), whose);
          }
        });
    failures(list);
    expiry(list);
    atOnce(list);
    names(list);
    add(
        list,
        "the attacker's request brings credentials",
        (scene, clients, legal) ->
            scene.denied(
                clients,
                SdkAttacks.with(
                    legal.of(scene.victim()),
                    config -> config.credentialsProvider(SdkAttacks.others()))));
  }

  private static void add(ClientList list, String name, ClientList.Script<LegalCalls> script) {
    list.add(Group.CREDENTIALS, name, scene -> LegalCalls.each(scene, script));
  }

  private static ClientScene.Work call(Guarded clients, LegalCalls legal, TenantId whose) {
    return () -> SdkCalls.send(clients.clients().current(), legal.of(whose));
  }

  /** All that was sent was signed in a session of the tenant's, which stays the tenant's. */
  private static void requireOwn(ClientScene scene, Attempt attempt, TenantId whose) {
    if (attempt.sent().isEmpty()) {
      throw new AssertionError(
          "tenant " + whose + " can't do its own work: " + attempt.failure(), attempt.failure());
    }
    for (AwsCall call : attempt.sent()) {
      AssumedRole session =
          scene
              .sts()
              .signerOf(call)
              .orElseThrow(
                  () ->
                      new AssertionError(
                          call.request()
                              + " was signed by the function's own role, which reaches what is all"
                              + " tenants'. Put @TenantRole(arn = \"…\") on the isolation type."));
      if (!session.tags().containsValue(whose.value())) {
        throw new AssertionError(
            "a call of tenant " + whose + " was signed in a session with tags " + session.tags());
      }
      boolean stays =
          session.tags().entrySet().stream()
              .filter(tag -> tag.getValue().equals(whose.value()))
              .allMatch(tag -> session.transitiveTagKeys().contains(tag.getKey()));
      if (!stays) {
        throw new AssertionError(
            "the tenant's tag is not transitive, so it can be set anew by who chains roles");
      }
    }
  }

  private static void failures(ClientList list) {
    failure(list, "STS fails", sts -> sts.error(500));
    failure(list, "STS is throttled", AwsScript::throttle);
    failure(list, "STS refuses", AwsScript::accessDenied);
    failure(list, "STS can't be reached", AwsScript::drop);
    failure(list, "STS answers with half of it", AwsScript::malformed);
    failure(
        list,
        "STS answers with nothing",
        sts -> sts.answer("<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>"));
  }

  /** Without credentials of the tenant's nothing is sent, by no other credentials either. */
  private static void failure(ClientList list, String name, UnaryOperator<AwsScript> fault) {
    list.add(
        Group.CREDENTIALS,
        name + ", and the credentials have expired",
        scene ->
            LegalCalls.once(
                scene,
                (same, clients, legal) -> {
                  TenantId own = scene.attacker();
                  requireOwn(scene, scene.attempt(clients, own, call(clients, legal, own)), own);
                  scene.functions().clock().advance(LONG);
                  fault
                      .apply(scene.functions().aws().on("sts", "AssumeRole"))
                      .times(MANY)
                      .optional();
                  requireUnsent(scene.attempt(clients, own, call(clients, legal, own)));
                }));
  }

  private static void requireUnsent(Attempt attempt) {
    if (!attempt.sent().isEmpty() || attempt.failure() == null) {
      throw new AssertionError(
          attempt.sent() + " came onto the wire without credentials of the tenant's");
    }
  }

  private static void expiry(ClientList list) {
    add(
        list,
        "credentials expire in the middle of work",
        (scene, clients, legal) -> {
          TenantId own = scene.attacker();
          int before = scene.sts().calls().size();
          Attempt attempt =
              scene.attempt(
                  clients,
                  own,
                  () -> {
                    quietly(call(clients, legal, own));
                    scene.functions().clock().advance(LONG);
                    quietly(call(clients, legal, own));
                  });
          requireOwn(scene, attempt, own);
          int sessions =
              (int)
                  attempt.sent().stream()
                      .map(call -> scene.sts().signerOf(call))
                      .distinct()
                      .count();
          if (sessions != 2 || scene.sts().calls().size() == before) {
            throw new AssertionError("the call after the end of its session was signed in it");
          }
        });
  }

  /** What comes back is not looked at. */
  private static void quietly(ClientScene.Work work) {
    try {
      work.run();
    } catch (Throwable answered) {
      // only what was sent counts
    }
  }

  private static void atOnce(ClientList list) {
    add(
        list,
        AT_ONCE + " calls of one tenant at once ask STS once",
        (scene, clients, legal) -> {
          TenantId own = scene.attacker();
          scene.functions().clock().advance(LONG);
          int before = scene.sts().calls().size();
          Attempt attempt = scene.attempt(clients, own, () -> together(clients, legal, own));
          requireOwn(scene, attempt, own);
          int asked = scene.sts().calls().size() - before;
          if (asked != 1) {
            throw new AssertionError("STS was asked " + asked + " times");
          }
        });
    add(
        list,
        "calls of both tenants at once",
        (scene, clients, legal) -> {
          scene.functions().clock().advance(LONG);
          Attempt both =
              scene.attempt(
                  clients,
                  scene.attacker(),
                  () -> {
                    Thread other =
                        new Thread(
                            () ->
                                scene.attempt(
                                    clients,
                                    scene.victim(),
                                    () -> together(clients, legal, scene.victim())));
                    other.start();
                    together(clients, legal, scene.attacker());
                    other.join();
                  });
          for (AwsCall call : both.sent()) {
            String asked = call.request().text() + call.request().http().getUri();
            TenantId whose =
                asked.contains(scene.victim().value()) ? scene.victim() : scene.attacker();
            requireOwn(scene, new Attempt(null, List.of(call)), whose);
          }
        });
  }

  private static void together(Guarded clients, LegalCalls legal, TenantId whose)
      throws InterruptedException {
    SdkClient bound = clients.clients().current();
    CountDownLatch ready = new CountDownLatch(AT_ONCE);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Thread thread =
          new Thread(
              () ->
                  quietly(
                      () -> {
                        ready.countDown();
                        ready.await();
                        SdkCalls.send(bound, legal.of(whose));
                      }));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void names(ClientList list) {
    add(
        list,
        "ids of every length make sessions of their own",
        (scene, clients, legal) -> {
          for (String id : List.of("a", "a".repeat(62), "a-".repeat(30) + "b")) {
            TenantId whose = TenantId.of(id);
            Attempt attempt = scene.attempt(clients, whose, call(clients, legal, whose));
            if (!scene.isUnknown(attempt)) {
              requireOwn(scene, attempt, whose);
            }
          }
        });
  }
}
