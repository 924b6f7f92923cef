// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsEventTest {

  record Order(String id, int cents) {}

  private static final Order ORDER = new Order("o-1", 500);

  private static SQSMessage only(SqsEvent event) {
    return ReadAs.pojo(event, SQSEvent.class).getRecords().get(0);
  }

  @Nested
  class A_message {

    @Test
    void has_what_the_builder_was_told() {
      SQSMessage message =
          only(
              Events.sqs()
                  .queue("arn:aws:sqs:eu-west-1:999999999999:shop")
                  .message(
                      m ->
                          m.body(ORDER)
                              .id("m-1")
                              .receiptHandle("r-1")
                              .receiveCount(3)
                              .sentAt(Instant.ofEpochMilli(5))
                              .attribute("tenant", "acme")
                              .attribute("tries", 2)
                              .attribute("raw", new byte[] {1, -1})
                              .systemAttribute("AWSTraceHeader", "Root=1")));

      assertThat(message.getMessageId()).isEqualTo("m-1");
      assertThat(message.getReceiptHandle()).isEqualTo("r-1");
      assertThat(message.getBody()).isEqualTo("{\"id\":\"o-1\",\"cents\":500}");
      assertThat(message.getEventSourceArn()).isEqualTo("arn:aws:sqs:eu-west-1:999999999999:shop");
      assertThat(message.getAwsRegion()).isEqualTo("eu-west-1");
      assertThat(message.getAttributes())
          .containsEntry("ApproximateReceiveCount", "3")
          .containsEntry("SentTimestamp", "5")
          .containsEntry("ApproximateFirstReceiveTimestamp", "6")
          .containsEntry("AWSTraceHeader", "Root=1")
          .doesNotContainKey("MessageGroupId");
      assertThat(message.getMessageAttributes().get("tenant").getStringValue()).isEqualTo("acme");
      assertThat(message.getMessageAttributes().get("tries").getDataType()).isEqualTo("Number");
      assertThat(message.getMessageAttributes().get("raw").getBinaryValue().array())
          .containsExactly(1, -1);
    }

    @Test
    void has_the_digest_of_its_body() {
      assertThat(only(Events.sqs().body("hello")).getMd5OfBody())
          .isEqualTo("5d41402abc4b2a76b9719d911017c592");
    }

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(
          Events.sqs()
              .queue("shop.fifo")
              .group("g")
              .attribute("a", "b")
              .attribute("raw", new byte[] {1})
              .bodies(ORDER, "text"),
          SQSEvent.class,
          Set.of());
    }
  }

  @Nested
  class Several_messages {

    @Test
    void share_what_is_said_of_all_in_whatever_order() {
      SqsEvent event =
          Events.sqs().body("a").message(m -> m.body("b").receiveCount(1)).receiveCount(3);

      assertThat(ReadAs.at(event, "/Records/0/attributes/ApproximateReceiveCount")).isEqualTo("3");
      assertThat(ReadAs.at(event, "/Records/1/attributes/ApproximateReceiveCount")).isEqualTo("1");
    }

    @Test
    void have_ids_that_differ_and_stay() {
      SqsEvent event = Events.sqs().bodies("a", "a", "b");

      assertThat(Set.of(event.messageId(0), event.messageId(1), event.messageId(2))).hasSize(3);
      assertThat(event.messageId(1)).isEqualTo(Events.sqs().bodies("a", "a").messageId(1));
      assertThat(ReadAs.at(event, "/Records/2/messageId")).isEqualTo(event.messageId(2));
    }

    @Test
    void leave_the_event_alone_that_they_were_added_to() {
      SqsEvent before = Events.sqs().body("a");
      before.body("b");

      assertThat(before.size()).isEqualTo(1);
    }
  }

  @Nested
  class A_fifo_queue {

    private final SqsEvent event = Events.sqs().queue("shop.fifo").group("g").bodies("a", "b");

    @Test
    void adds_group_deduplication_and_ascending_numbers() {
      Map<String, String> first = only(event).getAttributes();
      assertThat(first)
          .containsEntry("MessageGroupId", "g")
          .containsEntry(
              "MessageDeduplicationId",
              "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
      assertThat(ReadAs.at(event, "/Records/1/attributes/SequenceNumber"))
          .isGreaterThan(first.get("SequenceNumber"))
          .hasSize(20);
    }

    @Test
    void requires_a_group() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Events.sqs().queue("shop.fifo").body("a").toBytes())
          .withMessageContaining("shop.fifo")
          .withMessageContaining("group(");
    }

    @Test
    void alone_deduplicates_but_a_standard_queue_may_have_groups() {
      assertThat(only(Events.sqs().body("a").group("g")).getAttributes())
          .containsEntry("MessageGroupId", "g")
          .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Events.sqs().message(m -> m.body("a").deduplicationId("d")).toBytes())
          .withMessageContaining(".fifo");
    }
  }

  @Nested
  class Refuses {

    @ParameterizedTest
    @ValueSource(strings = {"", "AWS.x", "amazon.x", ".x", "x.", "x..y", "x y", "ä"})
    void attribute_names_that_sqs_refuses(String name) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Events.sqs().attribute(name, "v"))
          .withMessageContaining("attribute name \"" + name + "\"");
    }

    @Test
    void empty_values_and_values_of_another_type() {
      refuses(() -> Events.sqs().attribute("a", ""), "empty");
      refuses(() -> Events.sqs().attribute("a", new byte[0]), "empty");
      refuses(() -> Events.sqs().message(m -> m.attribute("a", "Number", "x")), "no number");
      refuses(() -> Events.sqs().message(m -> m.attribute("a", "Binary", "x")), "byte[]");
      refuses(() -> Events.sqs().message(m -> m.attribute("a", "Text", "x")), "String, Number");
    }

    @Test
    void an_eleventh_attribute() {
      SqsEvent ten = Events.sqs();
      for (int i = 0; i < 10; i++) {
        ten = ten.attribute("a" + i, "v");
      }
      SqsEvent full = ten.attribute("a9", "again");
      refuses(() -> full.attribute("a10", "v"), "at most 10");
    }

    @Test
    void bodies_that_sqs_refuses() {
      refuses(() -> Events.sqs().body(""), "empty");
      refuses(() -> Events.sqs().body("a\u0000b"), "U+0000");
      refuses(() -> Events.sqs().body("\ud800"), "U+D800");
      refuses(() -> Events.sqs().body("ä".repeat(524_289)), "1 MiB");
      assertThat(Events.sqs().body("ä".repeat(524_288)).size()).isEqualTo(1);
    }

    @Test
    void numbers_and_names_out_of_range() {
      refuses(() -> Events.sqs().receiveCount(0), "receiveCount \"0\"");
      refuses(() -> Events.sqs().group("a b"), "128");
      refuses(() -> Events.sqs().queue("a/b"), "80");
      refuses(() -> Events.sqs().queue("a".repeat(76) + ".fifo"), "80");
      refuses(() -> Events.sqs().account("1"), "twelve");
      refuses(() -> Events.sqs().region("moon"), "us-east-1");
    }

    @Test
    void an_event_without_messages_and_a_message_without_a_body() {
      refuses(() -> Events.sqs().toBytes(), "body(");
      refuses(() -> Events.sqs().message(m -> m.id("x")).toBytes(), "Message 0 has no body");
    }

    private void refuses(Runnable telling, String part) {
      assertThatIllegalArgumentException().isThrownBy(telling::run).withMessageContaining(part);
    }
  }
}
