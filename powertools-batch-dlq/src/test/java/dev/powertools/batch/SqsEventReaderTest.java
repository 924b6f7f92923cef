// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsEventReaderTest {

  private static final String EVENT =
      """
      {"unknown": {"Records": [1]}, "Records": [{
        "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
        "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
        "body": "{\\"orderId\\":\\"o-1 \\u20ac\\"}",
        "attributes": {
          "ApproximateReceiveCount": "3",
          "SentTimestamp": "1545082649183",
          "MessageGroupId": "tenant-1",
          "AWSTraceHeader": "Root=1-5759e988-bd862e3fe1be46a994272793",
          "ApproximateFirstReceiveTimestamp": null
        },
        "messageAttributes": {
          "kind": {"stringValue": "order", "stringListValues": [], "binaryListValues": [], "dataType": "String"},
          "cents": {"stringValue": "4200", "dataType": "Number.int"},
          "sign": {"binaryValue": "AAECAw==", "dataType": "Binary.sha"}
        },
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
        "awsRegion": "us-east-2"
      }]}
      """;

  private static List<SqsMessage> read(String event) {
    return SqsEventReader.read(event.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void reads_what_the_platform_sends() {
    RecordContext message = read(EVENT).get(0);

    assertThat(message.messageId()).isEqualTo("059f36b4-87a3-44ab-83d2-661975830a7d");
    assertThat(message.originId()).isEqualTo(message.messageId());
    assertThat(message.body()).isEqualTo("{\"orderId\":\"o-1 €\"}");
    assertThat(message.queueArn()).isEqualTo("arn:aws:sqs:us-east-2:123456789012:my-queue");
    assertThat(message.receiveCount()).isEqualTo(3);
    assertThat(message.sentAt()).contains(Instant.ofEpochMilli(1545082649183L));
    assertThat(message.attributes())
        .containsEntry("AWSTraceHeader", "Root=1-5759e988-bd862e3fe1be46a994272793")
        .doesNotContainKey("ApproximateFirstReceiveTimestamp");
  }

  @Test
  void keeps_the_types_of_attributes() {
    RecordContext message = read(EVENT).get(0);

    assertThat(message.text("kind")).contains("order");
    MessageAttribute cents = message.messageAttributes().get("cents");
    assertThat(cents.type()).isEqualTo("Number.int");
    assertThat(cents.number()).contains(new BigDecimal(4200));
    MessageAttribute sign = message.messageAttributes().get("sign");
    assertThat(sign.type()).isEqualTo("Binary.sha");
    assertThat(sign.binary()).hasValueSatisfying(b -> assertThat(b).containsExactly(0, 1, 2, 3));
    assertThat(sign.text()).isEmpty();
    assertThat(message.messageAttributes().get("kind").number()).isEmpty();
  }

  @Test
  void a_group_does_not_make_a_queue_fifo_but_its_arn_does() {
    SqsMessage fair = read(EVENT).get(0);
    SqsMessage fifo = read(EVENT.replace("my-queue", "my-queue.fifo")).get(0);

    assertThat(fair.groupId()).contains("tenant-1");
    assertThat(fair.fifo()).isFalse();
    assertThat(fair.lane()).isNull();
    assertThat(fifo.fifo()).isTrue();
    assertThat(fifo.lane()).isEqualTo("tenant-1");
  }

  @Test
  void a_redriven_copy_knows_its_origin() {
    SqsMessage copy =
        read(EVENT.replace(
                "\"kind\": {\"stringValue\": \"order\"",
                "\"pt.failure\": {\"stringValue\":"
                    + " \"{\\\"srcArn\\\":\\\"arn:aws:sqs:us-east-2:123456789012:my-queue\\\"}\"},"
                    + "\"pt.origin\": {\"stringValue\": \"first-id\""))
            .get(0);

    assertThat(copy.originId()).isEqualTo("first-id");
    assertThat(copy.workId()).isEqualTo("first-id");
    assertThat(copy.id()).isEqualTo("059f36b4-87a3-44ab-83d2-661975830a7d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Records\": []}", "{\"Records\": null}"})
  void no_records_are_an_empty_batch(String event) {
    assertThat(read(event)).isEmpty();
  }

  @Test
  void the_least_of_a_message_is_its_id() {
    RecordContext message =
        read("{\"Records\":[{\"messageId\":\"m\",\"attributes\":null}]}").get(0);

    assertThat(message.body()).isEmpty();
    assertThat(message.queueArn()).isEmpty();
    assertThat(message.receiveCount()).isEqualTo(1);
    assertThat(message.sentAt()).isEmpty();
    assertThat(message.groupId()).isEmpty();
  }

  @Nested
  class Refuses_as_a_whole {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "null",
          "[]",
          "42",
          "{}",
          "{\"detail-type\":\"Scheduled Event\"}",
          "{\"Records\": {}}",
          "{\"Records\": [7]}",
          "{\"Records\": [{\"messageId\":{}}]}",
          "{\"Records\": [{\"messageId\":\"m\",\"attributes\":[]}]}",
          "{\"Records\": [{\"messageId\":\"m\",\"messageAttributes\":{\"a\":1}}]}",
          "{\"Records\": [{\"messageId\":\"m\",\"messageAttributes\":{\"a\":null}}]}",
          "{\"Records\": []} x",
          "{\"Records\": []} {}",
          "{\"Records\": [], \"Records\": []}",
          "{\"Records\": [",
          "not json"
        })
    void what_is_no_sqs_event(String event) {
      assertThatThrownBy(() -> read(event))
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("An SQS event was expected");
    }

    @Test
    void a_record_without_an_id_naming_the_record() {
      assertThatThrownBy(
              () -> read("{\"Records\":[{\"messageId\":\"m\"},{\"eventID\":\"shardId:49\"}]}"))
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("Record 1 of the event has no messageId");
    }

    @Test
    void and_names_what_was_expected_and_where() {
      assertThatThrownBy(() -> read("{\"Records\": \"no\"}"))
          .hasMessageContaining("an array for \"Records\"")
          .hasMessageContaining("line 1, column 1");
    }
  }
}
