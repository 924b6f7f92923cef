// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The truth table of Kafka event source mappings, where it differs from Kinesis's. */
class KafkaSimulatorTest {

  private static final EventAnswer DONE = EventAnswer.returned("{\"batchItemFailures\":[]}");
  private static final EventAnswer BOOM = EventAnswer.failed("java.lang.Exception", "boom");

  private final VirtualClock clock = VirtualClock.start();
  private final List<String> batches = new ArrayList<>();
  private Object lastEvent = Map.of();

  /** By the number of the invocation, from 1. */
  private IntFunction<EventAnswer> behaviour = invocation -> DONE;

  private KafkaSimulator topic(UnaryOperator<StreamOptions.Builder> how) {
    StreamOptions options = how.apply(StreamOptions.builder()).build();
    KafkaSimulator topic = KafkaSimulator.of("orders", clock, (e, o) -> answer(e), options);
    topic.start();
    return topic;
  }

  private EventAnswer answer(byte[] event) {
    lastEvent = StreamWorld.tree(event);
    List<String> names = new ArrayList<>();
    Map<?, ?> partitions = (Map<?, ?>) StreamWorld.at(lastEvent, "records");
    partitions.forEach(
        (partition, records) ->
            ((List<?>) records)
                .forEach(r -> names.add(partition + ":" + StreamWorld.at(r, "offset"))));
    batches.add(String.join(" ", names));
    return behaviour.apply(batches.size());
  }

  private static void send(KafkaSimulator topic, int... partitions) {
    for (int partition : partitions) {
      byte[] text = "value".getBytes(StandardCharsets.UTF_8);
      topic.send(partition, null, text, Map.of());
    }
  }

  private static EventAnswer failing(String... identifiers) {
    List<String> items = new ArrayList<>();
    for (String identifier : identifiers) {
      items.add("{\"itemIdentifier\":" + identifier + "}");
    }
    return EventAnswer.returned("{\"batchItemFailures\":[" + String.join(",", items) + "]}");
  }

  private static String at(String partition, int offset) {
    return "{\"partition\":\"" + partition + "\",\"offset\":" + offset + "}";
  }

  @Nested
  class An_answer {

    @Test
    void resumes_each_named_partition_at_its_lowest_offset_and_the_others_are_done() {
      behaviour =
          i -> i > 1 ? DONE : failing(at("orders-0", 10), at("orders-0", 9), at("orders-1", 8));
      KafkaSimulator topic = topic(o -> o.shards(3).reportBatchItemFailures());
      send(topic, 0, 0, 0, 1, 1, 2);
      topic.drain();

      assertThat(batches)
          .containsExactly(
              "orders-0:8 orders-0:9 orders-0:10 orders-1:8 orders-1:9 orders-2:8",
              "orders-0:9 orders-0:10 orders-1:8 orders-1:9");
      assertThat(topic.records(StreamFate.SUCCEEDED)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"partition\":\"orders-0\",\"offset\":99}",
          "{\"partition\":\"orders-7\",\"offset\":8}",
          "{\"partition\":\"orders-0\",\"offset\":\"8\"}",
          "{\"partition\":\"orders-0\"}",
          "{\"topic\":\"orders\",\"partition\":0,\"offset\":8}",
          "\"orders-0-8\"",
          "null"
        })
    void that_names_an_unknown_pair_or_none_retries_the_whole_batch(String identifier) {
      behaviour = i -> i > 1 ? DONE : failing(at("orders-1", 8), identifier);
      KafkaSimulator topic = topic(o -> o.shards(2).reportBatchItemFailures());
      send(topic, 0, 1);
      topic.drain();

      assertThat(batches).containsExactly("orders-0:8 orders-1:8", "orders-0:8 orders-1:8");
    }
  }

  @Nested
  class Retries {

    @Test
    void without_limit_end_after_ten_if_there_is_a_destination() {
      behaviour = i -> BOOM;
      KafkaSimulator topic = topic(o -> o.onFailure(StreamDestination.KAFKA_TOPIC));
      StreamRecord record = topic.send("key", "value");
      topic.drain();

      assertThat(batches).hasSize(11);
      assertThat(topic.failures().get(0).records()).containsExactly(record);
    }

    @Test
    void without_limit_and_destination_end_with_the_retention_of_seven_days() {
      behaviour = i -> BOOM;
      KafkaSimulator topic = topic(o -> o);
      StreamRecord record = topic.send("key", "value");
      topic.drain();

      assertThat(batches).hasSizeGreaterThan(10_000);
      assertThat(topic.fate(record)).isEqualTo(StreamFate.EXPIRED);
    }
  }

  @Test
  void a_record_has_key_value_and_headers_as_bytes() {
    KafkaSimulator topic = topic(o -> o);
    topic.send(0, new byte[] {1}, null, Map.of("h", "Aé"));
    topic.drain();

    assertThat(StreamWorld.at(lastEvent, "eventSource")).isEqualTo("aws:kafka");
    assertThat((List<?>) StreamWorld.at(lastEvent, "records", "orders-0"))
        .singleElement()
        .isEqualTo(
            StreamWorld.tree(
                """
                {"topic":"orders","partition":0,"offset":8,"timestamp":1767225600000,
                 "timestampType":"CREATE_TIME","key":"%s","value":null,
                 "headers":[{"h":[65,-61,-87]}]}
                """
                    .formatted(Base64.getEncoder().encodeToString(new byte[] {1}))));
  }

  @Test
  void a_given_up_batch_is_told_by_partition() {
    behaviour = i -> BOOM;
    KafkaSimulator topic =
        topic(o -> o.shards(2).maximumRetryAttempts(0).onFailure(StreamDestination.QUEUE));
    send(topic, 0, 0, 1);
    topic.drain();

    Object document = StreamWorld.tree(topic.failures().get(0).document());
    assertThat(StreamWorld.at(document, "KafkaBatchInfo", "batchSize")).isEqualTo(3L);
    assertThat(StreamWorld.at(document, "KafkaBatchInfo", "recordInfo", "orders-0"))
        .isEqualTo(
            Map.of(
                "firstRecordOffset", "8",
                "lastRecordOffset", "9",
                "firstRecordTimestamp", "2026-01-01T00:00:00.000Z",
                "lastRecordTimestamp", "2026-01-01T00:00:00.000Z"));
  }

  @Test
  void a_partition_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> send(topic(o -> o), 1))
        .hasMessage("partition is '1': expected 0 to 0");
  }
}
