// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnwrapTest {

  private static final String ORDER = "{\"orderId\":\"o-1\",\"cents\": 5.0}";
  private static final String S3_RECORD =
      "{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\","
          + "\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"k\",\"size\":1024}}}";
  private static final String S3 = "{\"Records\":[" + S3_RECORD + "]}";
  private static final String S3_TEST =
      "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"2014-10-13T15:57:02.089Z\","
          + "\"Bucket\":\"b\",\"RequestId\":\"5582815E1AEA5ADF\",\"HostId\":\"8cLeGAmw098X5cv4Zkwcmo\"}";

  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime = Fixtures.runtime(deadLetters).build();
  private final List<Object> seen = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();

  private static String quoted(String text) {
    return new String(JsonWriter.string(text), StandardCharsets.UTF_8);
  }

  private static String sns(String message) {
    return "{\"Type\":\"Notification\",\"MessageId\":\"s-1\",\"TopicArn\":\"arn:aws:sns:eu-west-1:1:t\","
        + "\"Subject\":\"hello\",\"Message\":"
        + quoted(message)
        + ",\"Timestamp\":\"2026-01-01T00:00:00.000Z\",\"MessageAttributes\":"
        + "{\"tenant\":{\"Type\":\"String\",\"Value\":\"t-1\"},\"Subject\":{\"Type\":\"String\",\"Value\":\"own\"}}}";
  }

  private static String eventBridge(String detail) {
    return "{\"version\":\"0\",\"id\":\"e-1\",\"detail-type\":\"OrderPlaced\",\"source\":\"shop\","
        + "\"account\":\"1\",\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"eu-west-1\","
        + "\"resources\":[],\"detail\":"
        + detail
        + "}";
  }

  record Order(String orderId, double cents) {}

  record Bucket(String name) {}

  record S3Object(String key, long size) {}

  record S3Entity(Bucket bucket, S3Object object) {}

  record S3Record(String eventName, S3Entity s3) {}

  record S3Event(List<S3Record> Records) {}

  /** Remembers what it is given. */
  abstract class Remembering<T> extends SqsBatchHandler<T> {
    @Override
    protected Outcome onRecord(T payload, RecordContext record) {
      seen.add(payload);
      for (String name : List.of("tenant", "Subject", "TopicArn", "detail-type", "source")) {
        headers.add(record.header(name).orElse("-"));
      }
      headers.add(
          FunctionInvocation.current()
              .orElseThrow()
              .event()
              .text(JsonPointer.of("/orderId"))
              .orElse("-"));
      return Outcome.done();
    }
  }

  class AsItIs extends Remembering<String> {}

  @Unwrap
  class Texts extends Remembering<String> {}

  @Unwrap
  class Orders extends Remembering<Order> {}

  @Unwrap
  class S3Records extends Remembering<S3Record> {}

  @Unwrap
  class S3Lists extends Remembering<List<S3Record>> {}

  @Unwrap
  class S3Events extends Remembering<S3Event> {}

  record Notification(String TopicArn, String Message) {}

  @Unwrap
  class Notifications extends Remembering<Notification> {}

  @Unwrap(Envelope.SNS)
  class FromTopic extends Remembering<Order> {}

  @Unwrap({Envelope.SNS, Envelope.EVENTBRIDGE})
  class FromBusByTopic extends Remembering<Order> {}

  @Unwrap({Envelope.SNS, Envelope.S3})
  class FromBucketByTopic extends Remembering<S3Record> {}

  @Unwrap(Envelope.SNS)
  class NotesFromTopic extends Remembering<Notification> {}

  private String handle(RequestStreamHandler handler, String... bodies) {
    List<String> messages = new ArrayList<>();
    for (String body : bodies) {
      messages.add(
          "{\"messageId\":\"m"
              + messages.size()
              + "\",\"eventSourceARN\":\""
              + Fixtures.STANDARD
              + "\",\"body\":"
              + quoted(body)
              + "}");
    }
    String event = "{\"Records\":[" + String.join(",", messages) + "]}";
    return (String) Fixtures.under(runtime, () -> send(handler, event));
  }

  private static String send(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void areUndecodable(String... bodies) {
    assertThat(seen).isEmpty();
    assertThat(deadLetters.held).extracting(DeadLetterMessage::body).containsExactly(bodies);
    assertThat(deadLetters.held)
        .allMatch(
            each -> each.attributes().get("pt.reason").text().orElse("").equals("UNDECODABLE"));
  }

  @Test
  void without_the_annotation_a_body_is_what_it_is() {
    String[] bodies = {sns(ORDER), eventBridge(ORDER), S3, S3_TEST};

    handle(new AsItIs(), bodies);

    assertThat(seen).containsExactly((Object[]) bodies);
    assertThat(headers).containsOnly("-");
  }

  @Nested
  class Recognised {

    @Test
    void envelopes_are_taken_off_and_what_is_inside_is_as_it_was() {
      handle(
          new Texts(),
          sns(ORDER),
          eventBridge(ORDER),
          sns(eventBridge(ORDER)),
          S3,
          sns(S3),
          sns(sns(ORDER)),
          "no JSON",
          sns("no JSON"),
          ORDER,
          eventBridge(sns(ORDER)));

      assertThat(seen)
          .containsExactly(
              ORDER,
              ORDER,
              ORDER,
              S3_RECORD,
              S3_RECORD,
              ORDER,
              "no JSON",
              "no JSON",
              ORDER,
              sns(ORDER));
    }

    @Test
    void envelopes_tell_headers_and_pointers_reach_what_is_inside() {
      handle(new Orders(), sns(eventBridge(ORDER)));

      assertThat(seen).containsExactly(new Order("o-1", 5));
      assertThat(headers)
          .containsExactly("t-1", "own", "arn:aws:sns:eu-west-1:1:t", "OrderPlaced", "shop", "o-1");
    }

    @Test
    void envelopes_that_the_type_asks_for_stay() {
      handle(new Notifications(), sns("text"));
      handle(new S3Events(), sns(S3), S3);

      S3Record one =
          new S3Record("ObjectCreated:Put", new S3Entity(new Bucket("b"), new S3Object("k", 1024)));
      assertThat(seen)
          .containsExactly(
              new Notification("arn:aws:sns:eu-west-1:1:t", "text"),
              new S3Event(List.of(one)),
              new S3Event(List.of(one)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"Type\":\"Notification\",",
          "\"MessageId\":\"s-1\",",
          "\"TopicArn\":\"arn:aws:sns:eu-west-1:1:t\",",
          "\"Timestamp\":\"2026-01-01T00:00:00.000Z\","
        })
    void is_nothing_that_lacks_what_sns_always_says(String member) {
      String body = sns(ORDER).replace(member, "");
      assertThat(body).isNotEqualTo(sns(ORDER));

      handle(new Texts(), body);

      assertThat(seen).containsExactly(body);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"version\":\"0\",",
          "\"id\":\"e-1\",",
          "\"detail-type\":\"OrderPlaced\",",
          "\"source\":\"shop\",",
          "\"account\":\"1\",",
          "\"time\":\"2026-01-01T00:00:00Z\",",
          "\"region\":\"eu-west-1\",",
          "\"resources\":[],"
        })
    void is_nothing_that_lacks_what_eventbridge_always_says(String member) {
      String body = eventBridge(ORDER).replace(member, "");
      assertThat(body).isNotEqualTo(eventBridge(ORDER));

      handle(new Texts(), body);

      assertThat(seen).containsExactly(body);
    }

    @Test
    void is_nothing_of_which_only_some_records_are_of_s3() {
      String body = "{\"Records\":[" + S3_RECORD + ",{\"eventSource\":\"aws:s3\"}]}";

      handle(new Texts(), body, "{\"Records\":[]}");

      assertThat(seen).containsExactly(body, "{\"Records\":[]}");
    }
  }

  @Nested
  class Notifications_of_s3 {

    private static final String TWO = "{\"Records\":[" + S3_RECORD + "," + S3_RECORD + "]}";

    @Test
    void with_several_records_are_for_lists() {
      handle(new S3Lists(), TWO, S3);

      assertThat(seen).hasSize(2);
      assertThat((List<?>) seen.get(0)).hasSize(2);
      assertThat((List<?>) seen.get(1)).hasSize(1);
    }

    @Test
    void with_several_records_are_undecodable_for_one() {
      handle(new S3Records(), TWO);

      areUndecodable(TWO);
      assertThat(deadLetters.held.get(0).attributes().get("pt.failure").text().orElseThrow())
          .contains("2 records. Take a List");
    }

    @Test
    void that_are_tests_are_ignored() {
      assertThat(handle(new S3Records(), S3_TEST, sns(S3_TEST)))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(handle(new FromBucketByTopic(), sns(S3_TEST)))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(seen).isEmpty();
      assertThat(deadLetters.held).isEmpty();
    }

    @Test
    void that_are_tests_are_no_tests_for_who_declares_no_s3() {
      handle(new FromTopic(), sns(S3_TEST), S3_TEST);

      areUndecodable(sns(S3_TEST), S3_TEST);
    }
  }

  @Nested
  class Declared {

    @Test
    void envelopes_are_taken_off_in_their_order() {
      handle(new FromTopic(), sns(ORDER));
      handle(new FromBusByTopic(), sns(eventBridge(ORDER)));
      handle(new FromBucketByTopic(), sns(S3));

      assertThat(seen).hasSize(3).startsWith(new Order("o-1", 5), new Order("o-1", 5));
    }

    @Test
    void envelopes_have_to_be_there() {
      String[] bodies = {ORDER, eventBridge(ORDER), sns(ORDER), sns(S3), "no JSON", "[]", ""};

      handle(new FromBusByTopic(), bodies);

      areUndecodable(bodies);
      assertThat(deadLetters.held.get(0).attributes().get("pt.failure").text().orElseThrow())
          .contains("SNS")
          .contains("raw message delivery");
    }

    @Test
    void envelopes_are_taken_off_whatever_the_type_has() {
      String inside = "{\"TopicArn\":\"mine\",\"Message\":\"mine, too\"}";

      handle(new NotesFromTopic(), sns(inside));

      assertThat(seen).containsExactly(new Notification("mine", "mine, too"));
    }

    @Test
    void envelopes_that_no_service_makes_are_refused() {
      for (Envelope[] wrong :
          List.of(
              new Envelope[] {Envelope.S3, Envelope.SNS},
              new Envelope[] {Envelope.EVENTBRIDGE, Envelope.S3},
              new Envelope[] {Envelope.SNS, Envelope.SNS})) {
        assertThatThrownBy(() -> BatchOptions.builder().unwrap(wrong))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("@Unwrap");
      }
    }
  }

  @Test
  void code_says_it_by_an_option() {
    SqsBatch<Order> batch =
        SqsBatch.of(
            Order.class,
            BatchOptions.builder().unwrap(Envelope.EVENTBRIDGE).build(),
            (payload, record) -> {
              seen.add(payload.orderId());
              return Outcome.done();
            });
    var message = new com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage();
    message.setMessageId("m");
    message.setBody(eventBridge(ORDER));
    var event = new com.amazonaws.services.lambda.runtime.events.SQSEvent();
    event.setRecords(List.of(message));

    Fixtures.under(runtime, () -> batch.handle(event, null));

    assertThat(seen).containsExactly("o-1");
  }
}
