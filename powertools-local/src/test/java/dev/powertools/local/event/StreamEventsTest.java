// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.powertools.local.event.DynamoDbStreamEvent.ViewType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamEventsTest {

  record Order(String id) {}

  private static void refuses(Runnable telling, String part) {
    assertThatIllegalArgumentException().isThrownBy(telling::run).withMessageContaining(part);
  }

  @Nested
  class Kinesis {

    private final dev.powertools.local.event.KinesisEvent event =
        Events.kinesis().stream("clicks")
            .shard(3)
            .at(Instant.parse("2026-02-03T04:05:06.789Z"))
            .partitionKey("p")
            .data(new Order("o-1"))
            .record(r -> r.data(new byte[] {1, 2}).partitionKey("q").sequenceNumber("7"));

    @Test
    void is_read_by_the_library() {
      var records = ReadAs.pojo(event, KinesisEvent.class).getRecords();

      assertThat(text(records.get(0))).isEqualTo("{\"id\":\"o-1\"}");
      assertThat(records.get(0).getKinesis().getPartitionKey()).isEqualTo("p");
      assertThat(records.get(0).getKinesis().getSequenceNumber())
          .isEqualTo(event.sequenceNumber(0));
      assertThat(records.get(0).getKinesis().getApproximateArrivalTimestamp())
          .isEqualTo("2026-02-03T04:05:06.789Z");
      assertThat(records.get(0).getEventID())
          .isEqualTo("shardId-000000000003:" + event.sequenceNumber(0));
      assertThat(records.get(1).getKinesis().getPartitionKey()).isEqualTo("q");
      assertThat(records.get(1).getKinesis().getSequenceNumber()).isEqualTo("7");
      assertThat(records.get(1).getEventSourceARN())
          .isEqualTo("arn:aws:kinesis:us-east-1:123456789012:stream/clicks");
    }

    private static String text(KinesisEvent.KinesisEventRecord record) {
      return StandardCharsets.UTF_8.decode(record.getKinesis().getData()).toString();
    }

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(event, KinesisEvent.class, Set.of());
      assertThat(ReadAs.at(event, "/Records/0/kinesis/data/id")).isEqualTo("o-1");
    }

    @Test
    void numbers_its_records_in_order() {
      var two = Events.kinesis().data("a").data("b");
      assertThat(two.sequenceNumber(1)).isGreaterThan(two.sequenceNumber(0));
    }

    @Test
    void refuses_what_kinesis_refuses() {
      refuses(() -> Events.kinesis().toBytes(), "data(");
      refuses(() -> Events.kinesis().partitionKey(""), "256");
      refuses(() -> Events.kinesis().shard(-1), "from 0");
      refuses(() -> Events.kinesis().stream("a b"), "128");
      refuses(() -> Events.kinesis().record(r -> r.sequenceNumber("x")), "digits");
      refuses(() -> Events.kinesis().record(r -> r.partitionKey("x")).toBytes(), "no data");
    }
  }

  @Nested
  class DynamoDb {

    private static Map<String, @Nullable Object> everything() {
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      item.put("id", "o-1");
      item.put("n", new BigDecimal("12.50"));
      item.put("on", true);
      item.put("none", null);
      item.put("raw", new byte[] {1, 2});
      item.put("list", List.of("x", 1));
      item.put("map", Map.of("k", List.of()));
      item.put("texts", Set.of("a"));
      item.put("numbers", Set.of(7));
      item.put("raws", Set.of(new byte[] {3}));
      return item;
    }

    @Test
    void types_plain_values() {
      var event = Events.dynamoDbStream().insert(everything());
      Map<String, AttributeValue> image =
          ReadAs.pojo(event, DynamodbEvent.class).getRecords().get(0).getDynamodb().getNewImage();

      assertThat(image.get("id").getS()).isEqualTo("o-1");
      assertThat(image.get("n").getN()).isEqualTo("12.50");
      assertThat(image.get("on").getBOOL()).isTrue();
      assertThat(image.get("none").isNULL()).isTrue();
      assertThat(image.get("raw").getB().array()).containsExactly(1, 2);
      assertThat(image.get("list").getL().get(1).getN()).isEqualTo("1");
      assertThat(image.get("map").getM().get("k").getL()).isEmpty();
      assertThat(image.get("texts").getSS()).containsExactly("a");
      assertThat(image.get("numbers").getNS()).containsExactly("7");
      assertThat(image.get("raws").getBS().get(0).array()).containsExactly(3);
    }

    @Test
    void tells_each_kind_of_change() {
      var event =
          Events.dynamoDbStream()
              .table("shop")
              .keys("id", "line")
              .insert(Map.of("id", "a", "line", 1, "v", 1))
              .modify(Map.of("id", "a", "line", 1, "v", 1), Map.of("id", "a", "line", 1, "v", 2))
              .remove(Map.of("id", "a", "line", 1, "v", 2))
              .expire(Map.of("id", "b", "line", 1));
      var records = ReadAs.pojo(event, DynamodbEvent.class).getRecords();

      assertThat(records)
          .extracting(r -> r.getEventName())
          .containsExactly("INSERT", "MODIFY", "REMOVE", "REMOVE");
      assertThat(records.get(1).getDynamodb().getOldImage().get("v").getN()).isEqualTo("1");
      assertThat(records.get(1).getDynamodb().getNewImage().get("v").getN()).isEqualTo("2");
      assertThat(records.get(1).getDynamodb().getKeys()).containsOnlyKeys("id", "line");
      assertThat(records.get(2).getDynamodb().getNewImage()).isNull();
      assertThat(records.get(2).getUserIdentity()).isNull();
      assertThat(records.get(3).getUserIdentity().getPrincipalId())
          .isEqualTo("dynamodb.amazonaws.com");
      assertThat(records).extracting(r -> r.getEventID()).doesNotHaveDuplicates();
      assertThat(records)
          .extracting(r -> r.getDynamodb().getSequenceNumber())
          .isSorted()
          .doesNotHaveDuplicates()
          .startsWith(event.sequenceNumber(0));
    }

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(
          Events.dynamoDbStream().modify(everything(), everything()).expire(everything()),
          DynamodbEvent.class,
          Set.of());
    }

    @Test
    void counts_bytes_as_dynamodb_does() {
      var event =
          Events.dynamoDbStream().keys("Id").insert(Map.of("Message", "New item!", "Id", 101));
      assertThat(ReadAs.at(event, "/Records/0/dynamodb/SizeBytes")).isEqualTo("26");
    }

    @Test
    void shows_only_what_the_view_shows() {
      var event =
          Events.dynamoDbStream()
              .modify(Map.of("id", "a", "v", 1), Map.of("id", "a", "v", 2))
              .view(ViewType.NEW_IMAGE);
      assertThat(ReadAs.at(event, "/Records/0/dynamodb/NewImage/v/N")).isEqualTo("2");
      assertThat(ReadAs.at(event, "/Records/0/dynamodb/OldImage/v/N")).isEqualTo("(nothing)");
      assertThat(ReadAs.at(event.view(ViewType.KEYS_ONLY), "/Records/0/dynamodb/Keys/id/S"))
          .isEqualTo("a");
    }

    @Test
    void refuses_what_dynamodb_refuses() {
      refuses(() -> insert(Instant.EPOCH), "java.time.Instant");
      refuses(() -> insert(Set.of()), "empty sets");
      refuses(() -> insert(Set.of("a", 1)), "only texts");
      refuses(() -> insert(Double.NaN), "finite");
      refuses(() -> insert(new BigDecimal("1".repeat(39))), "38 digits");
      refuses(() -> insert(nested(33)), "32 levels");
      refuses(() -> Events.dynamoDbStream().insert(Map.of("a", 1)).toBytes(), "keys(");
      refuses(() -> Events.dynamoDbStream().toBytes(), "insert(");
      refuses(() -> Events.dynamoDbStream().keys(), "partition key");
      refuses(() -> Events.dynamoDbStream().table("t"), "3 to 255");
      assertThat(insert(nested(32)).toBytes()).isNotEmpty();
    }

    private static Object nested(int levels) {
      Object value = "x";
      for (int i = 0; i < levels; i++) {
        value = List.of(value);
      }
      return value;
    }

    private static DynamoDbStreamEvent insert(Object value) {
      return Events.dynamoDbStream().insert(Map.of("id", "a", "v", value));
    }
  }

  @Nested
  class EventBridge {

    private final EventBridgeEvent event =
        Events.eventBridge()
            .source("shop")
            .detailType("Order Placed")
            .detail(new Order("o-1"))
            .resources("arn:r")
            .account("999999999999")
            .region("eu-west-1");

    @Test
    void is_read_by_the_library() {
      ScheduledEvent read = ReadAs.pojo(event, ScheduledEvent.class);

      assertThat(read.getSource()).isEqualTo("shop");
      assertThat(read.getDetailType()).isEqualTo("Order Placed");
      assertThat(read.getDetail()).isEqualTo(Map.of("id", "o-1"));
      assertThat(read.getTime().getMillis()).isEqualTo(1767225600000L);
    }

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(event, ScheduledEvent.class, Set.of());
      ReadAs.samePlaces(Events.schedule(), ScheduledEvent.class, Set.of());
    }

    @Test
    void has_an_id_of_its_own_content() {
      assertThat(ReadAs.at(event, "/id"))
          .isEqualTo(ReadAs.at(event.region("eu-west-1"), "/id"))
          .isNotEqualTo(ReadAs.at(event.detail("{}"), "/id"));
    }

    @Test
    void refuses_what_is_no_object() {
      refuses(() -> Events.eventBridge().detail("[]"), "JSON object");
      refuses(() -> Events.eventBridge().detail("{\n\"a\" 1}"), "line 2");
      refuses(() -> Events.eventBridge().source(" "), "source");
      refuses(() -> Events.eventBridge().detailType("x".repeat(129)), "128");
    }
  }
}
