// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.Scope;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.event.Events;
import dev.powertools.local.sim.SqsSend;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.EnvelopeRefusal;
import dev.powertools.tenancy.envelope.EnvelopeRefusedException;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.source.FromEnvelope;
import dev.powertools.testing.DeadLettered;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import dev.powertools.tests.TenantJobs.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that claim a tenant who did not send them, and what must not become of them. */
@FunctionTest
class EnvelopeAttacksTest {

  private static final String BODY = "{\"name\":\"steal\"}";
  private static final String VICTIM = "victim-7f3a";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";

  private final TenantJobs jobs = new TenantJobs();

  private static EnvelopeKey key(String id) {
    return EnvelopeKey.of(id, ("the secret of " + id).repeat(3).getBytes(StandardCharsets.UTF_8));
  }

  /** Signs with other keys than the function's, perhaps. */
  private static String sign(EnvelopeKeys keys, String tenant, String queue, String body) {
    FunctionRuntime sender = FunctionRuntime.builder().part(EnvelopeKeys.class, keys).build();
    try (Scope.Attached scope = Scope.of(sender).attach()) {
      return TenantEnvelope.sign(TenantId.of(tenant), new Message(queue, body));
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Attack {
    NO_ENVELOPE(EnvelopeRefusal.MISSING, victims -> null),
    EMPTY_ENVELOPE(EnvelopeRefusal.MISSING, victims -> " "),
    BARE_ID(EnvelopeRefusal.UNSIGNED, victims -> VICTIM),
    SIGNATURE_CUT_OFF(
        EnvelopeRefusal.UNSIGNED, victims -> victims.substring(0, victims.lastIndexOf('|') + 1)),
    OTHER_TENANT_IN_OWN_ENVELOPE(
        EnvelopeRefusal.FORGED, victims -> own(QUEUE, BODY).replace("|acme|", "|" + VICTIM + "|")),
    SIGNATURE_OF_ANOTHER_ENVELOPE(
        EnvelopeRefusal.FORGED,
        victims -> victims.substring(0, victims.lastIndexOf('|')) + tail(own(QUEUE, BODY))),
    OWN_KEY_OF_THE_SAME_ID(
        EnvelopeRefusal.FORGED,
        victims -> sign(EnvelopeKeys.of(EnvelopeKey.of("k2", new byte[32])), VICTIM, QUEUE, BODY)),
    UNKNOWN_KEY(
        EnvelopeRefusal.UNKNOWN_KEY,
        victims -> sign(EnvelopeKeys.of(key("k9")), VICTIM, QUEUE, BODY)),
    KEY_OUT_OF_GRACE(
        EnvelopeRefusal.RETIRED_KEY,
        victims -> sign(EnvelopeKeys.of(key("k0")), VICTIM, QUEUE, BODY)),
    REPLAYED_FROM_ANOTHER_QUEUE(
        EnvelopeRefusal.OTHER_DESTINATION,
        victims -> sign(EnvelopeKeys.of(key("k2")), VICTIM, QUEUE + "-2", BODY)),
    REPLAYED_WITH_ANOTHER_BODY(
        EnvelopeRefusal.OTHER_BODY,
        victims -> sign(EnvelopeKeys.of(key("k2")), VICTIM, QUEUE, BODY + " ")),
    OTHER_VERSION(EnvelopeRefusal.OTHER_VERSION, victims -> "2" + victims.substring(1)),
    MALFORMED(EnvelopeRefusal.MALFORMED, victims -> victims.replace("|" + VICTIM, "")),
    SEVERAL_IN_ONE(EnvelopeRefusal.MALFORMED, victims -> victims + "," + victims),
    OVERSIZED(EnvelopeRefusal.OVERSIZED, victims -> victims.repeat(8)),
    UPPER_CASE(EnvelopeRefusal.FORGED, victims -> victims.replace(VICTIM, "VICTIM-7F3A"));

    private final EnvelopeRefusal reason;
    private final Function<String, String> envelope;

    Attack(EnvelopeRefusal reason, Function<String, String> envelope) {
      this.reason = reason;
      this.envelope = envelope;
    }

    private static String own(String queue, String body) {
      return sign(EnvelopeKeys.of(key("k2")), "acme", queue, body);
    }

    private static String tail(String envelope) {
      return envelope.substring(envelope.lastIndexOf('|'));
    }
  }

  private EnvelopeKeys functionsKeys(Functions functions) {
    return EnvelopeKeys.of(
        key("k2"),
        key("k1").retired(functions.clock().now().minus(Duration.ofDays(30))),
        key("k0").retired(functions.clock().now().minus(Duration.ofDays(31))));
  }

  private SqsTestQueue queue(Functions functions) {
    return functions
        .with(TenantJobs.class, jobs)
        .with(EnvelopeKeys.class, functionsKeys(functions))
        .sqs("jobs", BaseClassTenantJobs.class)
        .start();
  }

  @ParameterizedTest
  @EnumSource
  void fails_alone_by_its_own_reason_and_names_nobody(
      Attack attack, Functions functions, FunctionLogs logs) {
    SqsTestQueue queue = queue(functions);
    String victims = sign(EnvelopeKeys.of(key("k2")), VICTIM, QUEUE, BODY + "  ");
    String envelope = attack.envelope.apply(victims);

    queue.sendAs("acme", new Job("before"));
    queue.send(BODY, m -> Optional.ofNullable(envelope).ifPresent(e -> attach(m, e)));
    queue.sendAs("acme", new Job("after"));
    queue.drain();

    assertThat(jobs.done()).containsExactlyInAnyOrder("acme before", "acme after");
    assertThat(queue.deadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.failure().exception())
                  .isEqualTo(EnvelopeRefusedException.class.getName());
              assertThat(dead.failure().message())
                  .contains("refused, " + attack.reason + ":")
                  .doesNotContainIgnoringCase(VICTIM);
            });
    assertThat(logs.lines())
        .noneMatch(line -> line.text().toLowerCase(java.util.Locale.ROOT).contains(VICTIM))
        .noneMatch(line -> line.text().contains("the secret of"));
    queue.assertNothingLost();
  }

  private static void attach(SqsSend message, String envelope) {
    message.attribute("pt.tenant", envelope);
  }

  @Test
  void what_a_retired_key_signed_is_done_within_its_grace(Functions functions) {
    SqsTestQueue queue = queue(functions);
    String old = sign(EnvelopeKeys.of(key("k1")), "acme", QUEUE, BODY);

    queue.send(BODY, m -> attach(m, old));
    queue.drain();

    assertThat(jobs.done()).containsExactly("acme steal");
  }

  @Nested
  class Keys_that_can_not_be_had {

    @Test
    void make_records_come_again_until_they_can(Functions functions) {
      boolean[] out = {true};
      EnvelopeKeys keys = functionsKeys(functions);
      EnvelopeKeys flaky =
          EnvelopeKeys.loaded(
              () -> {
                if (out[0]) {
                  out[0] = false;
                  throw new IllegalStateException("secret store is out of reach");
                }
                return "k2:" + base64(key("k2"));
              },
              Duration.ofMinutes(5));
      SqsTestQueue queue =
          functions
              .with(TenantJobs.class, jobs)
              .with(EnvelopeKeys.class, flaky)
              .sqs("jobs", BaseClassTenantJobs.class)
              .start();

      queue.send(BODY, m -> attach(m, sign(keys, "acme", QUEUE, BODY)));
      queue.drain();

      assertThat(jobs.done()).containsExactly("acme steal");
      assertThat(queue.deadLetters()).isEmpty();
      assertThat(queue.explain()).contains("receive 2");
    }

    private String base64(EnvelopeKey of) {
      return java.util.Base64.getEncoder()
          .encodeToString(("the secret of " + of.id()).repeat(3).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void that_are_wrong_let_nothing_run_and_are_not_repeated(
        Functions functions, FunctionLogs logs) {
      var function =
          functions
              .with(TenantJobs.class, jobs)
              .environment(EnvelopeKeys.VARIABLE, "k1:tooshort")
              .withOwn(EnvelopeKeys.class)
              .function(BaseClassTenantJobs.class);

      assertThatThrownBy(() -> function.invoke(Events.sqs().bodies(BODY)))
          .isInstanceOf(FunctionInitException.class)
          .hasMessageContaining(EnvelopeKeys.VARIABLE)
          .hasMessageNotContaining("tooshort");

      assertThat(jobs.done()).isEmpty();
      assertThat(logs.lines().toString()).doesNotContain("tooshort");
    }
  }

  /** Accepts what was published to a topic, which the queue is subscribed to. */
  static final class FannedOut extends SqsBatchHandler<String> {
    @Override
    @TenantIsolated
    @FromEnvelope(accept = "${JOBS_TOPIC}")
    protected Outcome onRecord(String body, RecordContext message) {
      TenantJobs.current().work(new Job(body.contains("Notification") ? "wrapped" : "raw"));
      return Outcome.done();
    }
  }

  @Nested
  class Fan_out {

    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:jobs";

    @Test
    void gives_the_same_tenant_raw_and_wrapped(Functions functions) {
      EnvelopeKeys keys = functionsKeys(functions);
      String envelope = sign(keys, "acme", TOPIC, BODY);
      SqsTestQueue queue =
          functions
              .with(TenantJobs.class, jobs)
              .with(EnvelopeKeys.class, keys)
              .environment("JOBS_TOPIC", TOPIC)
              .sqs("jobs", FannedOut.class, FannedOut::new)
              .start();

      queue.send(BODY, m -> attach(m, envelope));
      queue.send(
          "{\"Type\":\"Notification\",\"TopicArn\":\""
              + TOPIC
              + "\",\"Message\":\""
              + BODY.replace("\"", "\\\"")
              + "\",\"MessageAttributes\":{\"pt.tenant\":{\"Type\":\"String\",\"Value\":\""
              + envelope
              + "\"}}}");
      queue.drain();

      assertThat(jobs.done()).containsExactlyInAnyOrder("acme raw", "acme wrapped");
    }
  }

  @Nested
  class Dead_letters {

    @Test
    void keep_the_envelope_and_a_redrive_as_it_is_runs_for_the_same_tenant(Functions functions) {
      jobs.breaking("later");
      SqsTestQueue queue = queue(functions);
      queue.sendAs("acme", new Job("later"));
      queue.drain();
      DeadLettered dead = queue.deadLetters().get(0);

      assertThat(dead.attributes())
          .containsEntry("pt.tenant", queue.envelope("acme", new Job("later")));

      jobs.mend();
      queue
          .queues()
          .client()
          .startMessageMoveTask(r -> r.sourceArn(QUEUE + "-dlq").destinationArn(QUEUE));
      queue.drain();

      assertThat(jobs.done()).containsExactly("acme later");
      assertThat(queue.deadLetters()).isEmpty();
    }

    @Test
    void keep_the_envelope_where_all_ten_attributes_are_used_up(Functions functions) {
      jobs.breaking("later");
      SqsTestQueue queue = queue(functions);
      String envelope = queue.envelope("acme", new Job("later"));
      queue.send(
          new Job("later"),
          m -> {
            attach(m, envelope);
            for (int i = 0; i < 9; i++) {
              m.attribute("a" + i, "x");
            }
          });
      queue.drain();

      jobs.mend();
      queue
          .queues()
          .client()
          .startMessageMoveTask(r -> r.sourceArn(QUEUE + "-dlq").destinationArn(QUEUE));
      queue.drain();

      assertThat(jobs.done()).containsExactly("acme later");
    }

    @Test
    void that_are_edited_have_to_be_signed_anew(Functions functions) {
      jobs.breaking("later");
      EnvelopeKeys keys = functionsKeys(functions);
      SqsTestQueue queue = queue(functions);
      queue.sendAs("acme", new Job("later"));
      queue.drain();
      DeadLettered dead = queue.deadLetters().get(0);
      String old = dead.attributes().get("pt.tenant");
      String edited = dead.body().replace("later", "now");
      String anew = resigned(keys, old, dead.body(), edited);

      queue.send(edited, m -> attach(m, old));
      queue.send(edited, m -> attach(m, anew));
      queue.drain();

      assertThat(jobs.done()).containsExactly("acme now");
      assertThat(queue.deadLetters())
          .last()
          .satisfies(d -> assertThat(d.failure().message()).contains("OTHER_BODY"));
      assertThatThrownBy(() -> resigned(keys, old, edited, BODY))
          .isInstanceOf(EnvelopeRefusedException.class);
    }

    private String resigned(EnvelopeKeys keys, String old, String was, String becomes) {
      FunctionRuntime redrive = FunctionRuntime.builder().part(EnvelopeKeys.class, keys).build();
      try (Scope.Attached scope = Scope.of(redrive).attach()) {
        // region resign
        return TenantEnvelope.resign(old, new Message(QUEUE, was), new Message(QUEUE, becomes));
        // endregion
      }
    }
  }

  @Test
  void a_fifo_group_waits_for_nobody_elses_forgery(Functions functions) {
    SqsTestQueue queue =
        functions.with(TenantJobs.class, jobs).sqs("jobs.fifo", BaseClassTenantJobs.class).start();
    String first = queue.envelope("acme", new Job("a1"));

    queue.send(new Job(UUID.randomUUID().toString()), m -> attach(m.group("forged"), first));
    queue.send(new Job("a1"), m -> attach(m.group("acme"), first));
    queue.drain();

    assertThat(jobs.done()).containsExactly("acme a1");
    assertThat(queue.deadLetters()).hasSize(1);
  }
}
