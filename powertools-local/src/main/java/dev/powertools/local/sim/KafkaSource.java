// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Topics of Amazon MSK or of a cluster of one's own. A batch holds records of several partitions,
 * grouped under {@code topic-partition}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html">Error
 *     handling controls for Kafka event sources</a>
 */
record KafkaSource(boolean selfManaged) implements StreamSource {

  private static final int RETRIES_WITH_DESTINATION = 10;
  private static final String SERVERS =
      "b-1.local.kafka.us-east-1.amazonaws.com:9092,b-2.local.kafka.us-east-1.amazonaws.com:9092";
  private static final String CLUSTER =
      "arn:aws:kafka:us-east-1:000000000000:cluster/local/00000000-0000-0000-0000-000000000000-0";

  @Override
  public String arn() {
    return CLUSTER;
  }

  @Override
  public Duration retention() {
    return Duration.ofDays(7);
  }

  /** With a destination, retries without limit end after ten. */
  @Override
  public OptionalInt maximumRetryAttempts(StreamOptions options) {
    OptionalInt given = options.maximumRetryAttempts();
    return given.isEmpty() && options.onFailure().isPresent()
        ? OptionalInt.of(RETRIES_WITH_DESTINATION)
        : given;
  }

  @Override
  public void event(JsonWriter json, List<StreamRecord> batch) {
    json.name("eventSource").value(selfManaged ? "SelfManagedKafka" : "aws:kafka");
    if (!selfManaged) {
      json.name("eventSourceArn").value(CLUSTER);
    }
    json.name("bootstrapServers").value(SERVERS);
    json.name("records").beginObject();
    byPartition(batch)
        .forEach(
            (partition, records) -> {
              json.name(partition).beginArray();
              records.forEach(record -> json.rawJson(record.json()));
              json.endArray();
            });
    json.endObject();
  }

  @Override
  public Optional<Position> position(@Nullable Object itemIdentifier) {
    return itemIdentifier instanceof Map<?, ?> object
            && object.get("partition") instanceof String partition
            && object.get("offset") instanceof Long offset
        ? Optional.of(new Position(partition, BigInteger.valueOf(offset)))
        : Optional.empty();
  }

  @Override
  public void batchInfo(JsonWriter json, List<StreamRecord> batch, int eventBytes) {
    json.name("KafkaBatchInfo").beginObject();
    json.name("batchSize").value(batch.size());
    if (!selfManaged) {
      json.name("eventSourceArn").value(CLUSTER);
    }
    json.name("bootstrapServers").value(SERVERS);
    json.name("payloadSize").value(eventBytes);
    json.name("recordInfo").beginObject();
    byPartition(batch).forEach((partition, records) -> info(json.name(partition), records));
    json.endObject();
    json.endObject();
  }

  private static void info(JsonWriter json, List<StreamRecord> records) {
    StreamRecord first = records.get(0);
    StreamRecord last = records.get(records.size() - 1);
    json.beginObject();
    json.name("firstRecordOffset").value(first.sequence().toString());
    json.name("lastRecordOffset").value(last.sequence().toString());
    json.name("firstRecordTimestamp").value(StreamFailureJson.millis(first.arrival()));
    json.name("lastRecordTimestamp").value(StreamFailureJson.millis(last.arrival()));
    json.endObject();
  }

  /** A poller has whole partitions, so their order holds. */
  @Override
  public String lane(StreamRecord record, int parallelizationFactor) {
    return "poller " + Math.floorMod(record.shard().hashCode(), parallelizationFactor);
  }

  private static Map<String, List<StreamRecord>> byPartition(List<StreamRecord> batch) {
    Map<String, List<StreamRecord>> partitions = new LinkedHashMap<>();
    batch.forEach(
        record -> partitions.computeIfAbsent(record.shard(), p -> new ArrayList<>()).add(record));
    return partitions;
  }
}
