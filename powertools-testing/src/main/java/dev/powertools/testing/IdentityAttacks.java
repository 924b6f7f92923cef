// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.source.FromAuthorizer;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.tenancy.spi.TenantStatus;
import dev.powertools.testing.TenantAttack.AttackList;
import dev.powertools.testing.TenantAttack.Group;
import dev.powertools.testing.TenantAttack.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Attacks on who the caller is. */
final class IdentityAttacks {

  private IdentityAttacks() {}

  static void addTo(AttackList list) {
    unproved(list);
    saidByTheCaller(list);
    ofLambda(list);
    claims(list);
    authorizers(list);
    directory(list);
  }

  private static void unproved(AttackList list) {
    add(list, "nothing proves a tenant", scene -> scene.refused(scene.unproved()));
    add(
        list,
        "a header alone names the victim",
        scene -> {
          EventTree event = scene.unproved();
          event.object("headers").put("x-tenant-id", scene.victim());
          scene.refused(event);
        });
    add(
        list,
        "a load balancer's header has two tokens and no signature",
        scene -> {
          EventTree event = EventTree.of("{}".getBytes(StandardCharsets.UTF_8));
          event
              .object("requestContext", "elb")
              .put("targetGroupArn", "arn:aws:elasticloadbalancing");
          event.object().put("httpMethod", "GET");
          event.object("multiValueHeaders").put("x-amzn-oidc-data", List.of("e30", "e30"));
          event.object("multiValueHeaders").put("x-amzn-oidc-identity", List.of(scene.victim()));
          scene.refused(event);
        });
    add(
        list,
        "a frame of a connection that nobody has bound",
        scene -> {
          EventTree event = EventTree.of("{}".getBytes(StandardCharsets.UTF_8));
          event.object("requestContext").put("connectionId", scene.victim());
          event.object("requestContext").put("routeKey", "$default");
          scene.refused(event);
        });
  }

  /** What the caller says beside its proof may be refused or ignored; it never decides. */
  private static void saidByTheCaller(AttackList list) {
    for (String header :
        List.of("x-tenant-id", "X-Tenant-Id", "X-TENANT-ID", "tenant", "tenantId")) {
      add(
          list,
          "the header " + header + " names the victim",
          scene -> {
            EventTree event = scene.proved();
            event.object("headers").put(header, scene.victim());
            scene.refusedOrIgnored(event);
          });
    }
    for (String place : List.of("queryStringParameters", "stageVariables", "pathParameters")) {
      add(
          list,
          "the " + place + " name the victim",
          scene -> {
            EventTree event = scene.proved();
            Map<String, @Nullable Object> values = event.object(place);
            values.replaceAll((name, value) -> scene.victim());
            values.put("tenantId", scene.victim());
            values.put("tenant_id", scene.victim());
            scene.refusedOrIgnored(event);
          });
    }
    add(
        list,
        "the event itself names the victim",
        scene -> {
          EventTree event = scene.proved();
          event.object().put("tenantId", scene.victim());
          event.object().put("tenant_id", scene.victim());
          scene.refusedOrIgnored(event);
        });
  }

  private static void ofLambda(AttackList list) {
    add(
        list,
        "the invoker asks for the victim's environment",
        scene -> scene.refused(scene.proved().toBytes(), as -> as.lambdaTenant(scene.victim())));
    add(
        list,
        "the invoker asks for a blank tenant",
        scene -> scene.refused(scene.proved().toBytes(), as -> as.lambdaTenant(" ")));
  }

  private static void claims(AttackList list) {
    inClaims(
        list,
        "the claim is a list",
        (claims, name, scene) -> claims.put(name, List.of(scene.attacker(), scene.victim())));
    inClaims(
        list,
        "the claim is a list in a text",
        (claims, name, scene) ->
            claims.put(name, "[" + scene.attacker() + " " + scene.victim() + "]"));
    inClaims(
        list,
        "the claim is an object",
        (claims, name, scene) -> claims.put(name, Map.of("id", scene.victim())));
    inClaims(list, "the claim is null", (claims, name, scene) -> claims.put(name, null));
    inClaims(
        list,
        "the claim is there in another case only",
        (claims, name, scene) -> {
          claims.remove(name);
          claims.put(otherCase(name), scene.victim());
        });
    inClaims(
        list,
        "the claim is there twice, in different case",
        (claims, name, scene) -> claims.put(otherCase(name), scene.victim()));
    add(
        list,
        "the token has expired",
        scene -> {
          FromJwt jwt = scene.proof().source(FromJwt.class);
          if (jwt != null) {
            EventTree event = scene.proved();
            TenantProof.claims(event, jwt).put("exp", "1");
            scene.refused(event);
          }
        });
    add(
        list,
        "the token is of another issuer",
        scene -> {
          FromJwt jwt = scene.proof().source(FromJwt.class);
          if (jwt != null && !jwt.issuer().isEmpty()) {
            EventTree event = scene.proved();
            TenantProof.claims(event, jwt).put("iss", jwt.issuer() + ".attacker.example");
            scene.refused(event);
          }
        });
  }

  private static void authorizers(AttackList list) {
    add(
        list,
        "another kind of authorizer names the victim",
        scene -> {
          String name = name(scene);
          if (name != null) {
            EventTree event = scene.unproved();
            event.object("requestContext").remove("authorizer");
            Map<String, @Nullable Object> authorizer = event.object("requestContext", "authorizer");
            Map<String, Object> values = new LinkedHashMap<>(Map.of(name, scene.victim()));
            boolean byToken = scene.proof().source(FromJwt.class) != null;
            if (TenantProof.isFormat2(event)) {
              authorizer.put(
                  byToken ? "lambda" : "jwt", byToken ? values : Map.of("claims", values));
            } else if (byToken) {
              authorizer.putAll(values);
              authorizer.put("principalId", "user");
            } else {
              authorizer.put("claims", values);
            }
            scene.refused(event);
          }
        });
    add(
        list,
        "the claims are a text that looks like claims",
        scene -> {
          String name = name(scene);
          if (name != null && scene.proof().source(FromJwt.class) != null) {
            EventTree event = scene.proved();
            String claims = "{\"" + name + "\":\"" + scene.victim() + "\"}";
            boolean format2 = TenantProof.isFormat2(event);
            (format2
                    ? event.object("requestContext", "authorizer", "jwt")
                    : event.object("requestContext", "authorizer"))
                .put("claims", claims);
            scene.refused(event);
          }
        });
  }

  private static void directory(AttackList list) {
    List<@Nullable TenantStatus> answers = new ArrayList<>();
    answers.add(null);
    answers.add(TenantStatus.SUSPENDED);
    answers.add(TenantStatus.UNKNOWN);
    for (TenantStatus answer : answers) {
      add(
          list,
          answer == null
              ? "the directory of tenants can't be reached"
              : "the tenant is " + answer.name().toLowerCase(Locale.ROOT),
          scene -> {
            scene.directorySays(answer);
            scene.refused(scene.proved());
          });
    }
  }

  private static void add(AttackList list, String name, Script script) {
    list.add(Group.IDENTITY, name, script);
  }

  /** Changes what an authorizer said. */
  @FunctionalInterface
  private interface Change {
    void make(Map<String, @Nullable Object> claims, String name, TenantScene scene);
  }

  private static void inClaims(AttackList list, String what, Change change) {
    add(
        list,
        what,
        scene ->
            withValues(
                scene,
                (event, values) -> {
                  String name = name(scene);
                  if (name != null) {
                    change.make(values, name, scene);
                    scene.refused(event);
                  }
                }));
  }

  private static void withValues(
      TenantScene scene, BiConsumer<EventTree, Map<String, @Nullable Object>> attack) {
    EventTree event = scene.proved();
    Map<String, @Nullable Object> values = values(scene, event);
    if (values != null) {
      attack.accept(event, values);
    }
  }

  /** The values that an authorizer gave; null if the handler asks none. */
  static @Nullable Map<String, @Nullable Object> values(TenantScene scene, EventTree event) {
    FromJwt jwt = scene.proof().source(FromJwt.class);
    if (jwt != null) {
      return TenantProof.claims(event, jwt);
    }
    return scene.proof().source(FromAuthorizer.class) == null ? null : TenantProof.context(event);
  }

  /** The name under which it gave the tenant. */
  static @Nullable String name(TenantScene scene) {
    FromJwt jwt = scene.proof().source(FromJwt.class);
    FromAuthorizer authorizer = scene.proof().source(FromAuthorizer.class);
    return jwt != null ? jwt.claim() : authorizer != null ? authorizer.key() : null;
  }

  private static String otherCase(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
  }
}
