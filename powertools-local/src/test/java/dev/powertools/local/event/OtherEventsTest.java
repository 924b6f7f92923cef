// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostAuthenticationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreAuthenticationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreSignUpEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreTokenGenerationEventV2;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherEventsTest {

  record Order(String id) {}

  private static void refuses(Runnable telling, String part) {
    assertThatIllegalArgumentException().isThrownBy(telling::run).withMessageContaining(part);
  }

  @Nested
  class Sns {

    private final SnsEvent event =
        Events.sns()
            .topic("shop")
            .subject("New")
            .attribute("tenant", "acme")
            .attribute("n", 1)
            .attribute("list", List.of("a"))
            .attribute("raw", new byte[] {1})
            .message(new Order("o-1"))
            .record(m -> m.message("text").id("m-2").subject("Other"));

    @Test
    void is_read_by_the_library() {
      SNSEvent.SNS first = ReadAs.pojo(event, SNSEvent.class).getRecords().get(0).getSNS();

      assertThat(first.getMessage()).isEqualTo("{\"id\":\"o-1\"}");
      assertThat(first.getMessageId()).isEqualTo(event.messageId(0));
      assertThat(first.getTopicArn()).isEqualTo("arn:aws:sns:us-east-1:123456789012:shop");
      assertThat(first.getSubject()).isEqualTo("New");
      assertThat(first.getTimestamp().getMillis()).isEqualTo(1767225600000L);
      assertThat(first.getMessageAttributes().get("list").getType()).isEqualTo("String.Array");
      assertThat(first.getMessageAttributes().get("list").getValue()).isEqualTo("[\"a\"]");
      assertThat(first.getMessageAttributes().get("raw").getValue()).isEqualTo("AQ==");
      ReadAs.samePlaces(event, SNSEvent.class, Set.of());
    }

    @Test
    void refuses_what_sns_refuses() {
      refuses(() -> Events.sns().toBytes(), "message(");
      refuses(() -> Events.sns().message(""), "empty");
      refuses(() -> Events.sns().subject("x".repeat(101)), "100");
      refuses(() -> Events.sns().topic("a b"), "256");
      refuses(() -> Events.sns().attribute("a", ""), "empty");
      refuses(() -> Events.sns().attribute("a b", "c"), "attribute name");
    }
  }

  @Nested
  class S3 {

    private final dev.powertools.local.event.S3Event event =
        Events.s3()
            .bucket("photos")
            .created("cats/a b+ü.jpg", o -> o.size(5_000_000_000L).version("v1").eTag("e"))
            .removed("old.jpg");

    @Test
    void is_read_by_the_library() {
      var records = ReadAs.pojo(event, S3Event.class).getRecords();

      assertThat(records.get(0).getEventName()).isEqualTo("ObjectCreated:Put");
      assertThat(records.get(0).getS3().getBucket().getName()).isEqualTo("photos");
      assertThat(records.get(0).getS3().getObject().getUrlDecodedKey()).isEqualTo("cats/a b+ü.jpg");
      assertThat(records.get(0).getS3().getObject().getSizeAsLong()).isEqualTo(5_000_000_000L);
      assertThat(records.get(1).getEventName()).isEqualTo("ObjectRemoved:Delete");
      ReadAs.samePlaces(
          event,
          S3Event.class,
          Set.of(".*/responseElements/.*", "/Records/0/s3/object/size")); // getSize() is an int
    }

    @Test
    void refuses_what_s3_refuses() {
      refuses(() -> Events.s3().toBytes(), "created(");
      refuses(() -> Events.s3().bucket("Photos"), "63");
      refuses(() -> Events.s3().created(""), "1,024");
      refuses(() -> Events.s3().created("k", o -> o.size(-1)), "size");
      refuses(() -> Events.s3().created("k", o -> o.event("put")), "ObjectCreated:Put");
    }
  }

  @Nested
  class Kafka {

    private final dev.powertools.local.event.KafkaEvent event =
        Events.kafka()
            .topic("clicks")
            .value("k", new Order("o-1"))
            .record(r -> r.value("b").partition(1).offset(41).header("trace", "ü"))
            .record(r -> r.value("c").partition(1))
            .record(r -> r.key("gone"));

    @Test
    void is_read_by_the_library() {
      KafkaEvent read = ReadAs.pojo(event, KafkaEvent.class);

      assertThat(read.getRecords()).containsOnlyKeys("clicks-0", "clicks-1");
      assertThat(read.getRecords().get("clicks-0").get(0).getKey()).isEqualTo("aw==");
      assertThat(read.getRecords().get("clicks-0").get(0).getValue()).isEqualTo("eyJpZCI6Im8tMSJ9");
      assertThat(read.getRecords().get("clicks-0").get(1).getValue()).isNull();
      assertThat(read.getRecords().get("clicks-1"))
          .extracting(KafkaEvent.KafkaEventRecord::getOffset)
          .containsExactly(41L, 42L);
      assertThat(read.getRecords().get("clicks-1").get(0).getHeaders().get(0).get("trace"))
          .isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
      ReadAs.samePlaces(event, KafkaEvent.class, Set.of(".*/headers/.*"));
    }

    @Test
    void comes_from_a_cluster_of_ones_own() {
      KafkaEvent read = ReadAs.pojo(event.selfManaged(), KafkaEvent.class);

      assertThat(read.getEventSource()).isEqualTo("SelfManagedKafka");
      assertThat(read.getEventSourceArn()).isNull();
    }

    @Test
    void refuses_what_kafka_refuses() {
      refuses(() -> Events.kafka().toBytes(), "value(");
      refuses(() -> Events.kafka().topic("a b"), "249");
      refuses(() -> Events.kafka().record(r -> r.partition(-1)), "from 0");
      refuses(() -> Events.kafka().record(r -> r.offset(-1)), "from 0");
      refuses(() -> event.record(r -> r.partition(1).offset(3)).toBytes(), "43 or more");
    }
  }

  @Nested
  class Cloud_watch_logs {

    private final dev.powertools.local.event.CloudWatchLogsEvent event =
        Events.cloudWatchLogs().logGroup("/shop").lines("first", Map.of("level", "WARN"));

    @Test
    void is_packed_and_found_by_the_view() {
      assertThat(ReadAs.pojo(event, CloudWatchLogsEvent.class).getAwsLogs().getData())
          .isEqualTo(ReadAs.at(event, "/awslogs/data"));
      assertThat(ReadAs.at(event, "/awslogs/data/logGroup")).isEqualTo("/shop");
      assertThat(ReadAs.at(event, "/awslogs/data/logEvents/0/message")).isEqualTo("first");
      assertThat(ReadAs.at(event, "/awslogs/data/logEvents/1/message/level")).isEqualTo("WARN");
      assertThat(ReadAs.at(event, "/awslogs/data/logEvents/0/id"))
          .isLessThan(ReadAs.at(event, "/awslogs/data/logEvents/1/id"));
    }

    @Test
    void refuses_what_is_no_group() {
      refuses(() -> Events.cloudWatchLogs().toBytes(), "lines(");
      refuses(() -> Events.cloudWatchLogs().logGroup("a b"), "512");
      refuses(() -> Events.cloudWatchLogs().logStream("a:b"), "512");
    }
  }

  @Nested
  class Cognito {

    @Test
    void is_read_by_the_library() {
      CognitoEvent signUp =
          Events.cognitoPreSignUp()
              .triggerSource("PreSignUp_AdminCreateUser")
              .userName("eve")
              .userAttribute("email", "eve@example.com")
              .validationData("code", "1")
              .clientMetadata("app", "web");
      var read = ReadAs.pojo(signUp, CognitoUserPoolPreSignUpEvent.class);

      assertThat(read.getTriggerSource()).isEqualTo("PreSignUp_AdminCreateUser");
      assertThat(read.getUserName()).isEqualTo("eve");
      assertThat(read.getRequest().getUserAttributes()).containsEntry("email", "eve@example.com");
      assertThat(read.getRequest().getValidationData()).containsEntry("code", "1");
      ReadAs.samePlaces(signUp, CognitoUserPoolPreSignUpEvent.class, Set.of());
    }

    @Test
    void has_all_triggers() {
      ReadAs.samePlaces(
          Events.cognitoPostConfirmation().userAttribute("a", "b").clientMetadata("c", "d"),
          CognitoUserPoolPostConfirmationEvent.class,
          Set.of());
      ReadAs.samePlaces(
          Events.cognitoPreAuthentication().userAttribute("a", "b").validationData("c", "d"),
          CognitoUserPoolPreAuthenticationEvent.class,
          Set.of());
      ReadAs.samePlaces(
          Events.cognitoPostAuthentication().userAttribute("a", "b").clientMetadata("c", "d"),
          CognitoUserPoolPostAuthenticationEvent.class,
          Set.of());
      ReadAs.samePlaces(
          Events.cognitoPreTokenGeneration().groups("admins").userAttribute("a", "b"),
          CognitoUserPoolPreTokenGenerationEvent.class,
          Set.of());
      ReadAs.samePlaces(
          Events.cognitoPreTokenGenerationV2().groups("admins").scopes("openid"),
          CognitoUserPoolPreTokenGenerationEventV2.class,
          Set.of());
    }

    @Test
    void refuses_what_a_trigger_does_not_know() {
      refuses(() -> Events.cognitoPreSignUp().groups("a"), "PreSignUp");
      refuses(() -> Events.cognitoPreTokenGeneration().scopes("a"), "no place");
      refuses(() -> Events.cognitoPostConfirmation().validationData("a", "b"), "no place");
      refuses(() -> Events.cognitoPreSignUp().triggerSource("PostX_Y"), "PreSignUp_");
      refuses(() -> Events.cognitoPreSignUp().userPool("pool"), "us-east-1_EXAMPLE");
    }
  }

  @Nested
  class Own_json {

    @TempDir private Path folder;

    @Test
    void keeps_its_bytes() throws IOException {
      Path file = Files.writeString(folder.resolve("x.json"), "{ \"a\" :1 }\n");

      assertThat(Events.file(file)).hasToString("{ \"a\" :1 }\n");
      assertThat(Events.json(" [1]")).hasToString(" [1]");
      assertThat(Events.resource("/events/order.json")).hasToString("{\"id\": \"o-1\"}\n");
    }

    @Test
    void is_made_of_any_value() {
      assertThat(Events.of(new Order("o-1"))).hasToString("{\"id\":\"o-1\"}");
      assertThat(Events.of("text")).hasToString("\"text\"");
      assertThat(Events.of(null)).hasToString("null");
      assertThat(Events.stepFunctions(Map.of("a", 1))).hasToString("{\"a\":1}");
    }

    @Test
    void that_is_missing_or_malformed_tells_file_line_and_column() throws IOException {
      Path file = Files.writeString(folder.resolve("bad.json"), "{\n  \"a\" 1}");

      refuses(() -> Events.file(file), "bad.json: JSON is invalid at line 2, column ");
      refuses(() -> Events.file(folder.resolve("no.json")), "no event file");
      refuses(() -> Events.resource("/events/no.json"), "no event resource /events/no.json");
      refuses(
          () -> Events.resource("/events/bad.json"), "/events/bad.json: JSON is invalid at line 3");
      refuses(() -> Events.json("{} {}"), "line 1, column 4");
    }

    @Test
    void of_a_builder_says_what_it_lacks_when_printed() {
      assertThat(Events.sqs()).asString().startsWith("SqsEvent: ").contains("body(");
    }
  }
}
