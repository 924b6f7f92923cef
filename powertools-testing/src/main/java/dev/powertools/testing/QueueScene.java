// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.local.event.Events;
import dev.powertools.local.sim.SqsSend;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.spi.TenantDirectory;
import dev.powertools.tenancy.spi.TenantStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A handler behind a queue under attack: what both tenants send, and for whom it was let in. */
final class QueueScene {

  private static final byte[] OWN_SECRET =
      "a secret that the attacker made up".getBytes(StandardCharsets.UTF_8);

  private final Functions functions;
  private final Function<String, ? extends Object> body;
  private final String attacker;
  private final String victim;
  private final Map<String, String> admitted = new ConcurrentHashMap<>();
  private final @Nullable TenantDirectory directory;
  private final SqsTestQueue queue;
  private final Canary secret;
  private final Canary own;

  QueueScene(
      Functions functions,
      Class<?> handler,
      Function<String, ? extends Object> body,
      String attacker,
      String victim) {
    this.functions = functions;
    this.body = body;
    this.attacker = attacker;
    this.victim = victim;
    this.directory = functions.part(TenantDirectory.class, handler).orElse(null);
    this.queue =
        functions.with(TenantDirectory.class, this::admit).sqs("attacked", handler).start();
    this.secret = functions.leaks().canary(victim);
    this.own = functions.leaks().canary(attacker);
  }

  /** Asked once a tenant is proved for a message, before anything of the handler runs. */
  private TenantStatus admit(TenantId tenant) {
    TenantStatus status = directory == null ? TenantStatus.ACTIVE : directory.status(tenant);
    if (status == TenantStatus.ACTIVE) {
      FunctionInvocation.current().ifPresent(work -> admitted.put(work.workId(), tenant.value()));
    }
    return status;
  }

  String attacker() {
    return attacker;
  }

  String victim() {
    return victim;
  }

  /** The body of the message that is tampered with. */
  String text() {
    Object sent = body.apply(secret.text());
    return sent instanceof CharSequence chars
        ? chars.toString()
        : new String(Events.of(sent).toBytes(), StandardCharsets.UTF_8);
  }

  /** A genuine envelope around a body, to be tampered with. */
  String envelope(String tenant, String of) {
    return queue.envelope(tenant, of);
  }

  /** A genuine envelope of the victim's around the body, in a message to another queue. */
  String envelopeForAnotherQueue() {
    return queue.envelopeFor("arn:aws:sqs:us-east-1:000000000000:other", victim, text());
  }

  /** An envelope for the victim under a key that is the attacker's own, but called as ours. */
  String selfMadeEnvelope() {
    String genuine = envelope(victim, text());
    String[] fields = genuine.split("\\|", -1);
    for (String id : fields) {
      String made = madeUnder(id);
      if (made != null && made.startsWith(genuine.substring(0, genuine.indexOf(victim)))) {
        return made;
      }
    }
    return String.valueOf(madeUnder("own"));
  }

  private @Nullable String madeUnder(String id) {
    try {
      EnvelopeKeys keys = EnvelopeKeys.of(EnvelopeKey.of(id, OWN_SECRET));
      FunctionRuntime sender = FunctionRuntime.builder().part(EnvelopeKeys.class, keys).build();
      try (Scope.Attached ignored = Scope.of(sender).attach()) {
        return TenantEnvelope.sign(TenantId.of(victim), new Message(queue.arn(), text()));
      }
    } catch (RuntimeException noIdOfAKey) {
      return null;
    }
  }

  /** Between two good messages of the attacker's this one must fail, alone and without a word. */
  void refused(Consumer<SqsSend> tampering) {
    String before = queue.sendAs(attacker, body.apply(own.text()));
    String attack = queue.send(text(), tampering);
    String after = queue.sendAs(attacker, body.apply(own.text()));
    queue.drain();

    requireAdmitted(before, attacker);
    requireAdmitted(after, attacker);
    String who = admitted.get(attack);
    if (who != null) {
      throw new AssertionError("the message was let in as " + who);
    }
    requireKept();
    if (told().anyMatch(line -> line.contains(victim) && !line.contains(secret.text()))) {
      throw new AssertionError("the refusal repeats the id of tenant " + victim);
    }
  }

  /** Messages of both tenants in one batch run for whoever sent them. */
  void bothInOneBatch() {
    String one = queue.sendAs(attacker, body.apply(own.text()));
    String other = queue.sendAs(victim, body.apply(secret.text()));
    queue.drain();
    requireAdmitted(one, attacker);
    requireAdmitted(other, victim);
  }

  private void requireAdmitted(String message, String tenant) {
    String who = admitted.get(message);
    if (!tenant.equals(who)) {
      throw new AssertionError(
          "a message that was signed for "
              + tenant
              + (who == null ? " was not let in" : " was let in as " + who)
              + ", so this proves nothing: put @TenantIsolated and @FromEnvelope on the record"
              + " method");
    }
  }

  private void requireKept() {
    boolean dead = queue.deadLetters().stream().anyMatch(m -> m.body().equals(text()));
    boolean waiting = queue.source().stream().anyMatch(m -> m.body().equals(text()));
    if (!dead && !waiting) {
      throw new AssertionError("the message was acknowledged, although nobody may have sent it");
    }
  }

  private Stream<String> told() {
    return Stream.concat(
        functions.logs().lines().stream().map(LogLine::text),
        queue.deadLetters().stream().map(m -> m.attributes().getOrDefault("pt.failure", "")));
  }
}
