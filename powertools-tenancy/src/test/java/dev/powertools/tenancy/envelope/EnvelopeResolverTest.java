// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import static dev.powertools.tenancy.envelope.KeyFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import dev.powertools.core.event.EventViewException;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EnvelopeResolverTest {

  private static final String QUEUE = "arn:aws:sqs:eu-central-1:123456789012:jobs";
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:jobs";
  private static final String BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/jobs";
  private static final String BODY = "{\"job\":1}";
  private static final TenantId ACME = TenantId.of("acme");

  private final KeyFixtures.Clock clock = new KeyFixtures.Clock();
  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .timing(clock)
          .part(EnvelopeKeys.class, EnvelopeKeys.of(key("k1", 1)))
          .build();
  private final EnvelopeSource here = EnvelopeSource.accepting();
  private final EnvelopeSource withTopic = EnvelopeSource.accepting(TOPIC, BUS);

  private String sign(String destination, String body) {
    try (var scope = Scope.of(runtime).attach()) {
      return TenantEnvelope.sign(ACME, new Message(destination, body));
    }
  }

  private record Received(String source, Map<String, String> headers, String sentAt)
      implements WorkContext {

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Optional<String> attribute(String name) {
      return name.equals("SentTimestamp") ? Optional.of(sentAt) : Optional.empty();
    }
  }

  private LiveInvocation record(String body, Map<String, String> headers) {
    String sentAt = Long.toString(clock.now().toEpochMilli());
    return LiveInvocation.under(runtime)
        .event(EventView.of(body))
        .work(new Received(QUEUE, headers, sentAt))
        .open();
  }

  private LiveInvocation record(String body, String envelope) {
    return record(body, Map.of("pt.tenant", envelope));
  }

  private LiveInvocation event(Object event) {
    return LiveInvocation.under(runtime).event(EventView.of(event)).open();
  }

  private static Optional<String> tenant(EnvelopeSource source, LiveInvocation work) {
    return source.source().resolver().resolve(work);
  }

  private static void assertRefused(
      EnvelopeSource source, LiveInvocation work, EnvelopeRefusal reason) {
    assertThatExceptionOfType(EnvelopeRefusedException.class)
        .isThrownBy(() -> tenant(source, work))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.rule()).isEqualToIgnoringCase("envelope_" + reason));
  }

  @Nested
  class A_record_of_a_queue {

    @Test
    void is_the_tenants_for_whom_it_was_signed() {
      assertThat(tenant(here, record(BODY, sign(QUEUE, BODY)))).contains("acme");
      assertThat(tenant(withTopic, record(BODY, sign(QUEUE, BODY)))).contains("acme");
    }

    @Test
    void has_to_have_an_envelope() {
      assertRefused(here, record(BODY, Map.of()), EnvelopeRefusal.MISSING);
      assertRefused(
          here, record(BODY, Map.of("PT.TENANT", sign(QUEUE, BODY))), EnvelopeRefusal.MISSING);
      assertRefused(here, record(BODY, "acme"), EnvelopeRefusal.UNSIGNED);
    }

    @Test
    void of_another_queue_is_not_believed() {
      String other = sign(QUEUE + "2", BODY);

      assertRefused(here, record(BODY, other), EnvelopeRefusal.OTHER_DESTINATION);
    }

    @Test
    void that_is_no_text_can_not_have_been_signed() {
      LiveInvocation bytes =
          LiveInvocation.under(runtime)
              .event(EventView.of(BODY.getBytes(StandardCharsets.UTF_8)))
              .work(new Received(QUEUE, Map.of("pt.tenant", sign(QUEUE, BODY)), "1"))
              .open();

      assertRefused(here, bytes, EnvelopeRefusal.MISSING);
    }
  }

  @Nested
  class A_message_of_a_topic {

    private final String envelope = sign(TOPIC, BODY);

    private String wrapped(String message, String attributes) {
      return "{\"Type\":\"Notification\",\"TopicArn\":\""
          + TOPIC
          + "\",\"Message\":"
          + message
          + ",\"MessageAttributes\":{"
          + attributes
          + "}}";
    }

    private String attribute(String value) {
      return "\"pt.tenant\":{\"Type\":\"String\",\"Value\":\"" + value + "\"}";
    }

    private final String quoted = "\"{\\\"job\\\":1}\"";

    @Test
    void is_the_same_tenants_raw_and_wrapped_and_without_a_queue() {
      LiveInvocation raw = record(BODY, envelope);
      LiveInvocation inQueue = record(wrapped(quoted, attribute(envelope)), Map.of());
      String direct =
          "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":"
              + wrapped(quoted, attribute(envelope))
              + "}]}";

      assertThat(List.of(raw, inQueue, event(direct)))
          .allSatisfy(work -> assertThat(tenant(withTopic, work)).contains("acme"));
    }

    @Test
    void is_found_in_the_event_librarys_objects() {
      SNSEvent.MessageAttribute attribute = new SNSEvent.MessageAttribute();
      attribute.setType("String");
      attribute.setValue(envelope);
      SNSEvent.SNS sns = new SNSEvent.SNS();
      sns.setMessage(BODY);
      sns.setTopicArn(TOPIC);
      sns.setMessageAttributes(Map.of("pt.tenant", attribute));
      SNSEvent.SNSRecord one = new SNSEvent.SNSRecord();
      one.setSns(sns);
      SNSEvent event = new SNSEvent();
      event.setRecords(List.of(one));

      assertThat(tenant(withTopic, event(event))).contains("acme");
    }

    @Test
    void is_nobodys_when_another_topic_delivers_it() {
      String other = TOPIC + "2";
      String direct =
          "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":"
              + wrapped(quoted, attribute(envelope)).replace(TOPIC + "\"", other + "\"")
              + "}]}";

      assertRefused(
          EnvelopeSource.accepting(TOPIC, other), event(direct), EnvelopeRefusal.OTHER_DESTINATION);
      assertRefused(withTopic, event(direct), EnvelopeRefusal.OTHER_DESTINATION);
    }

    @Test
    void is_accepted_only_where_the_topic_is_named() {
      assertRefused(here, record(BODY, envelope), EnvelopeRefusal.OTHER_DESTINATION);
      assertRefused(
          here, record(wrapped(quoted, attribute(envelope)), Map.of()), EnvelopeRefusal.MISSING);
    }

    @Test
    void with_an_envelope_inside_and_outside_is_nobodys() {
      String wrapped = wrapped(quoted, attribute(envelope));

      assertRefused(withTopic, record(wrapped, sign(QUEUE, wrapped)), EnvelopeRefusal.DOUBLED);
    }

    @Test
    void edited_inside_its_wrapper_is_nobodys() {
      LiveInvocation edited = record(wrapped("\"{}\"", attribute(envelope)), Map.of());

      assertRefused(withTopic, edited, EnvelopeRefusal.OTHER_BODY);
    }

    @Test
    void with_its_envelope_or_message_twice_is_nobodys() {
      String twice = attribute(envelope) + "," + attribute(envelope);
      String twoMessages = wrapped(quoted + ",\"Message\":\"{}\"", attribute(envelope));

      assertThatThrownBy(() -> tenant(withTopic, record(wrapped(quoted, twice), Map.of())))
          .isInstanceOf(EventViewException.class);
      assertThatThrownBy(() -> tenant(withTopic, record(twoMessages, Map.of())))
          .isInstanceOf(EventViewException.class);
    }

    @Test
    void mutated_by_chance_is_nobodys_unless_its_message_is_what_was_signed() {
      String wrapped = wrapped(quoted, attribute(envelope));
      long seed = Long.getLong("fuzz.seed", 20261121);
      RandomGenerator random = new SplittableRandom(seed);
      int proved = 0;
      for (int round = 0; round < Integer.getInteger("fuzz.rounds", 20_000); round++) {
        String changed = Mutations.of(wrapped, random);
        if (proves(record(changed, Map.of()))) {
          proved++;
          assertThat(EventView.of(changed).exactly(JsonPointer.of("/Message")))
              .as("seed %d, round %d: %s", seed, round, changed)
              .contains(BODY);
        }
      }
      assertThat(proved).as("what is beside message and envelope may change").isPositive();
    }

    private boolean proves(LiveInvocation work) {
      try {
        return tenant(withTopic, work).map("acme"::equals).orElse(false);
      } catch (EnvelopeRefusedException | EventViewException e) {
        return false;
      }
    }

    @Test
    void wrapped_by_hand_in_a_text_is_not_stepped_into() {
      String held = "\"" + wrapped(quoted, attribute(envelope)).replace("\"", "\\\"") + "\"";

      assertRefused(withTopic, record(held, Map.of()), EnvelopeRefusal.MISSING);
    }
  }

  @Nested
  class An_event_with_one_message {

    private SQSEvent.SQSMessage message(String envelope) {
      SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
      attribute.setDataType("String");
      attribute.setStringValue(envelope);
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setBody(BODY);
      message.setEventSourceArn(QUEUE);
      message.setMessageAttributes(Map.of("pt.tenant", attribute));
      return message;
    }

    @Test
    void is_its_tenants_in_a_plain_handler() {
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(message(sign(QUEUE, BODY))));
      byte[] wire = EventView.of(event).json(JsonPointer.root()).orElseThrow();

      assertThat(tenant(here, event(event))).contains("acme");
      assertThat(new String(wire, StandardCharsets.UTF_8)).contains("acme");
    }

    @Test
    void and_another_is_nobodys() {
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(message(sign(QUEUE, BODY)), message(sign(QUEUE, BODY))));

      assertRefused(here, event(event), EnvelopeRefusal.DOUBLED);
    }
  }

  @Nested
  class An_event_of_a_bus {

    private String signed(String detail) {
      try (var scope = Scope.of(runtime).attach()) {
        return TenantEnvelope.signDetail(ACME, new Message(BUS, detail));
      }
    }

    private LiveInvocation bus(String detail) {
      return event("{\"detail-type\":\"Order\",\"source\":\"shop\",\"detail\":" + detail + "}");
    }

    @Test
    void is_the_tenants_however_its_detail_is_written_on_the_way() {
      String signed = signed("{\"id\":1.50,\"b\":[true,null],\"a\":\"\\u00e9\"}");
      String envelope = EventView.of(signed).text(JsonPointer.of("/pt.tenant")).orElseThrow();
      String rewritten =
          "{ \"a\":\"\u00e9\", \"pt.tenant\":\""
              + envelope
              + "\", \"b\":[true, null], \"id\":1.5 }";

      assertThat(tenant(withTopic, bus(signed))).contains("acme");
      assertThat(tenant(withTopic, bus(rewritten))).contains("acme");
      assertThat(tenant(withTopic, bus(rewritten.replace("1.5", "15e-1")))).contains("acme");
    }

    @Test
    void edited_or_unsigned_or_of_another_bus_is_nobodys() {
      String signed = signed("{\"id\":1}");

      assertRefused(withTopic, bus(signed.replace(":1,", ":2,")), EnvelopeRefusal.OTHER_BODY);
      assertRefused(withTopic, bus("{\"id\":1}"), EnvelopeRefusal.MISSING);
      assertRefused(withTopic, bus("{\"pt.tenant\":7}"), EnvelopeRefusal.MALFORMED);
      assertRefused(withTopic, bus("[]"), EnvelopeRefusal.MALFORMED);
      assertRefused(here, bus(signed), EnvelopeRefusal.OTHER_DESTINATION);
    }

    @Test
    void can_be_verified_in_code() {
      Message received = new Message(BUS, signed("{\"id\":1}"));

      try (var scope = Scope.of(runtime).attach()) {
        assertThat(TenantEnvelope.verifyDetail(received, TenantGrammar.SLUG)).isEqualTo(ACME);
        assertThatThrownBy(() -> TenantEnvelope.signDetail(ACME, received))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Leave it out");
      }
    }
  }

  @Nested
  class Age {

    private final EnvelopeSource young = here.maxAge(Duration.ofMinutes(5));

    @Test
    void counts_to_when_the_queue_got_it_and_not_the_wait_in_it() {
      String envelope = sign(QUEUE, BODY);
      clock.forward(Duration.ofMinutes(5));
      LiveInvocation inTime = record(BODY, envelope);
      clock.forward(Duration.ofMillis(1));
      LiveInvocation late = record(BODY, envelope);
      clock.forward(Duration.ofDays(14));

      assertThat(tenant(young, inTime)).contains("acme");
      assertRefused(young, late, EnvelopeRefusal.TOO_OLD);
      assertThat(tenant(here, late)).contains("acme");
    }

    @Test
    void of_an_envelope_from_the_future_or_at_an_unknown_time_is_no_age() {
      clock.forward(Duration.ofSeconds(61));
      String early = sign(QUEUE, BODY);
      clock.forward(Duration.ofSeconds(-61));
      LiveInvocation untold =
          LiveInvocation.under(runtime)
              .event(EventView.of(BODY))
              .work(new Received(QUEUE, Map.of("pt.tenant", early), "soon"))
              .open();

      assertRefused(young, record(BODY, early), EnvelopeRefusal.TOO_OLD);
      assertRefused(young, untold, EnvelopeRefusal.TOO_OLD);
    }
  }

  @Test
  void an_event_that_is_no_message_has_nothing_to_say() {
    assertThat(tenant(here, event("{\"headers\":{},\"body\":\"{}\"}"))).isEmpty();
    assertThat(tenant(here, event(null))).isEmpty();
  }

  @Test
  void an_edit_is_signed_anew_for_the_tenant_that_the_old_envelope_proves() {
    String envelope = sign(QUEUE, BODY);
    Message was = new Message(QUEUE, BODY);
    Message becomes = new Message(QUEUE, "{\"job\":2}");

    try (var scope = Scope.of(runtime).attach()) {
      String anew = TenantEnvelope.resign(envelope, was, becomes);
      assertThat(TenantEnvelope.verify(anew, becomes)).isEqualTo(ACME);
      assertThatThrownBy(() -> TenantEnvelope.resign(envelope, becomes, was))
          .isInstanceOf(EnvelopeRefusedException.class);
    }
  }

  @Test
  void work_of_one_tenant_signs_for_no_other() {
    TenantSource globex = TenantSource.of("test", Trust.VERIFIED, work -> Optional.of("globex"));
    Message message = new Message(QUEUE, BODY);

    try (var scope = Scope.of(runtime).attach()) {
      Tenancy.of(globex)
          .call(
              null,
              null,
              () ->
                  assertThatThrownBy(() -> TenantEnvelope.sign(ACME, message))
                      .isInstanceOf(TenantDeniedException.class)
                      .hasMessageContaining("globex's")
                      .hasMessageNotContaining("acme"));
      String bySystem = Tenants.asSystem("redrive", () -> TenantEnvelope.sign(ACME, message));
      assertThat(TenantEnvelope.verify(bySystem, message)).isEqualTo(ACME);
    }
  }
}
