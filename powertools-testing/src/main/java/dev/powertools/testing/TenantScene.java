// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.local.event.Events;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.spi.TenantDirectory;
import dev.powertools.tenancy.spi.TenantStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A handler under attack: two tenants, the secret of one of them, and who was let in. */
final class TenantScene {

  private static final JsonPointer STATUS = JsonPointer.of("/statusCode");
  private static final Set<Long> REFUSALS = Set.of(401L, 403L, 503L);

  private final Functions functions;
  private final Function<String, ? extends Object> event;
  private final String attacker;
  private final String victim;
  private final TenantProof proof;
  private final Map<String, String> admitted = new ConcurrentHashMap<>();
  private final @Nullable TenantDirectory directory;
  private final TestFunction function;
  private final Canary secret;
  private final Canary own;
  private volatile @Nullable TenantStatus answer = TenantStatus.ACTIVE;

  TenantScene(
      Functions functions,
      Class<?> handler,
      Function<String, ? extends Object> event,
      String attacker,
      String victim) {
    this.functions = functions;
    this.event = event;
    this.attacker = attacker;
    this.victim = victim;
    this.proof = TenantProof.of(handler);
    this.directory = functions.part(TenantDirectory.class, handler).orElse(null);
    this.function = functions.with(TenantDirectory.class, this::admit).function(handler);
    this.secret = functions.leaks().canary(victim);
    this.own = functions.leaks().canary(attacker);
  }

  /** Asked once a tenant is proved, before anything of the handler runs. */
  private TenantStatus admit(TenantId tenant) {
    TenantStatus status = answer;
    if (status == null) {
      throw new IllegalStateException("The directory of tenants can't be reached");
    }
    if (status == TenantStatus.ACTIVE && directory != null) {
      status = directory.status(tenant);
    }
    if (status == TenantStatus.ACTIVE) {
      FunctionInvocation.current()
          .ifPresent(work -> admitted.put(work.requestId(), tenant.value()));
    }
    return status;
  }

  String attacker() {
    return attacker;
  }

  String victim() {
    return victim;
  }

  TenantProof proof() {
    return proof;
  }

  /** What the directory says from now on; null if it fails. */
  void directorySays(@Nullable TenantStatus status) {
    answer = status;
  }

  /** An event without any proof. */
  EventTree unproved() {
    return EventTree.of(Events.of(event.apply(own.text())).toBytes());
  }

  /** The attacker's own event. */
  EventTree proved() {
    return EventTree.of(provedBytes(attacker, own));
  }

  private byte[] provedBytes(String tenant, Canary of) {
    byte[] json = Events.of(event.apply(of.text())).toBytes();
    byte[] proved = proof.prove(json, tenant);
    if (proved == null) {
      throw new AssertionError(
          "the handler is not isolated by a source that an event carries: put @TenantIsolated and"
              + " one such as @FromJwt on it, or on its method");
    }
    return proved;
  }

  /** Has the victim work, with its secret. */
  TestResponse victimWorks() {
    TestResponse response = function.invokeBytes(provedBytes(victim, secret));
    requireRan(response, victim);
    return response;
  }

  /** Has the attacker work, as it may. */
  TestResponse attackerWorks() {
    TestResponse response = function.invokeBytes(provedBytes(attacker, own));
    requireRan(response, attacker);
    return response;
  }

  private void requireRan(TestResponse response, String tenant) {
    if (!tenant.equals(admitted.get(response.requestId())) || isRefusal(response)) {
      throw new AssertionError(
          "tenant "
              + tenant
              + " could not do its own work, so this proves nothing: "
              + response.text());
    }
  }

  /** After the victim has worked, this must be refused. */
  void refused(EventTree attack) {
    refused(attack.toBytes(), as -> {});
  }

  void refused(byte[] attack, Consumer<InvokeAs> how) {
    TestResponse response = afterVictim(attack, how);
    String who = admitted.get(response.requestId());
    if (who != null || !isRefusal(response)) {
      throw new AssertionError(
          "the handler ran"
              + (who == null ? " without a tenant" : " as " + who)
              + " and answered "
              + response.text());
    }
    requireSilent(response);
  }

  /** After the victim has worked, this must be refused, or have run as the attacker. */
  void refusedOrIgnored(EventTree attack) {
    TestResponse response = afterVictim(attack.toBytes(), as -> {});
    if (isRefusal(response)) {
      requireSilent(response);
    } else if (!attacker.equals(admitted.get(response.requestId()))) {
      throw new AssertionError(
          "the handler ran as "
              + admitted.getOrDefault(response.requestId(), "nobody")
              + " and answered "
              + response.text());
    }
  }

  private TestResponse afterVictim(byte[] attack, Consumer<InvokeAs> how) {
    if (answer == TenantStatus.ACTIVE) {
      victimWorks();
    }
    TestResponse response = function.invokeBytes(attack, how);
    requireNothingOfVictim(response);
    return response;
  }

  /** The victim's secret is in nothing that an invocation of the attacker put out. */
  void requireNothingOfVictim(TestResponse response) {
    String text = secret.text();
    if (response.text().contains(text)
        || functions.logs().of(response).stream().anyMatch(line -> line.text().contains(text))) {
      throw new AssertionError("the victim's secret is in the attacker's response or lines");
    }
  }

  /** What the platform says of an event that it can't read is not ours to say. */
  private void requireSilent(TestResponse response) {
    if (response.error().filter(e -> !e.type().startsWith("dev.powertools.")).isPresent()) {
      return;
    }
    boolean told =
        response.text().contains(victim)
            || functions.logs().of(response).stream()
                .anyMatch(line -> line.text().contains(victim));
    if (told) {
      throw new AssertionError("the refusal repeats the id of tenant " + victim);
    }
  }

  private static boolean isRefusal(TestResponse response) {
    return response.error().isPresent()
        || EventView.of(response.bytes()).integer(STATUS).filter(REFUSALS::contains).isPresent();
  }

  Leaks leaks() {
    return functions.leaks();
  }

  TestFunction function() {
    return function;
  }

  /** That many invocations at once, of one handler object, for both tenants in turn. */
  void workAtOnce(int times) {
    byte[] one = provedBytes(attacker, own);
    byte[] other = provedBytes(victim, secret);
    List<TestResponse> responses =
        function.concurrently(times, Events.json(text(one)), Events.json(text(other))).responses();
    for (int i = 0; i < responses.size(); i++) {
      TestResponse response = responses.get(i);
      requireRan(response, i % 2 == 0 ? attacker : victim);
      Canary foreign = i % 2 == 0 ? secret : own;
      String text = foreign.text();
      if (response.text().contains(text)
          || functions.logs().of(response).stream().anyMatch(l -> l.text().contains(text))) {
        throw new AssertionError(
            "an invocation shows the secret of the tenant that worked beside it");
      }
    }
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
