// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The partial response to a batch of Kafka records: of each partition the first record from which
 * it is delivered again. Has getters for the platform's client, which writes it. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html">Error
 *     handling controls for Kafka event sources</a>
 */
public final class KafkaBatchResponse {

  private final List<BatchItemFailure> batchItemFailures;

  private KafkaBatchResponse(Collection<BatchItemFailure> batchItemFailures) {
    this.batchItemFailures = List.copyOf(batchItemFailures);
  }

  /** Of these records, in any order, the lowest of each partition. */
  static KafkaBatchResponse of(List<KafkaRecord> failed) {
    Map<String, Long> lowest = new LinkedHashMap<>();
    failed.forEach(record -> lowest.merge(record.lane(), record.offset(), Math::min));
    List<BatchItemFailure> failures = new ArrayList<>();
    lowest.forEach((lane, offset) -> failures.add(new BatchItemFailure(lane, offset)));
    return new KafkaBatchResponse(failures);
  }

  /** One for each partition that did not succeed. */
  public List<BatchItemFailure> getBatchItemFailures() {
    return batchItemFailures;
  }

  byte[] toJson() {
    JsonWriter json = new JsonWriter().beginObject().name("batchItemFailures").beginArray();
    for (BatchItemFailure failure : batchItemFailures) {
      ItemIdentifier item = failure.itemIdentifier;
      json.beginObject().name("itemIdentifier").beginObject();
      json.name("partition").value(item.partition).name("offset").value(item.offset);
      json.endObject().endObject();
    }
    return json.endArray().endObject().toByteArray();
  }

  /** A partition that did not succeed. */
  public static final class BatchItemFailure {

    private final ItemIdentifier itemIdentifier;

    private BatchItemFailure(String partition, long offset) {
      this.itemIdentifier = new ItemIdentifier(partition, offset);
    }

    /** The record from which it is delivered again. */
    public ItemIdentifier getItemIdentifier() {
      return itemIdentifier;
    }
  }

  /** A record. */
  public static final class ItemIdentifier {

    private final String partition;
    private final long offset;

    private ItemIdentifier(String partition, long offset) {
      this.partition = partition;
      this.offset = offset;
    }

    /** Topic and partition, as in {@code orders-0}. */
    public String getPartition() {
      return partition;
    }

    /** The offset in the partition. */
    public long getOffset() {
      return offset;
    }
  }
}
