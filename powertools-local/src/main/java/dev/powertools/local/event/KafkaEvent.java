// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A batch of Kafka records, of Amazon MSK or a cluster of one's own, grouped by topic and
 * partition. What is said here of records holds for all that say nothing else. Immutable: each
 * method gives a new one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html">Lambda and Amazon
 *     MSK</a>
 */
public final class KafkaEvent extends ToldEvent<KafkaEvent> {

  private static final Setting<Boolean> SELF_MANAGED = new Setting<>();
  private static final Setting<List<KafkaRecord>> RECORDS = new Setting<>();
  private static final KafkaRecord NOTHING_SAID = new KafkaRecord(Settings.NONE);

  KafkaEvent(Settings settings) {
    super(settings);
  }

  @Override
  KafkaEvent with(Settings changed) {
    return new KafkaEvent(changed);
  }

  /** Comes from a cluster of one's own; from Amazon MSK by default. */
  public KafkaEvent selfManaged() {
    return with(SELF_MANAGED, true);
  }

  /** The records' topic; {@code orders} by default. */
  public KafkaEvent topic(String name) {
    return with(new KafkaRecord(settings).topic(name).settings);
  }

  /** Adds a record with this value: bytes as they are, text in UTF-8, anything else as its JSON. */
  public KafkaEvent value(Object value) {
    return record(record -> record.value(value));
  }

  /** Adds a record with a key. */
  public KafkaEvent value(Object key, Object value) {
    return record(record -> record.key(key).value(value));
  }

  /** Adds a record that differs from the others. */
  public KafkaEvent record(UnaryOperator<KafkaRecord> record) {
    return with(settings.adding(RECORDS, List.of(record.apply(NOTHING_SAID))));
  }

  @Override
  void write(JsonWriter json) {
    Refused.none(settings.list(RECORDS), "Kafka", "value(…) or record(…)");
    boolean own = settings.has(SELF_MANAGED);
    String broker =
        own ? "kafka.example.com:9092" : "b-1.shop.kafka." + region() + ".amazonaws.com:9092";
    json.beginObject();
    json.name("eventSource").value(own ? "SelfManagedKafka" : "aws:kafka");
    if (!own) {
      json.name("eventSourceArn")
          .value(arn("kafka", "cluster/shop/" + Defaults.uuid("shop") + "-1"));
    }
    json.name("bootstrapServers").value(broker);
    json.name("records").beginObject();
    partitions().forEach((name, records) -> write(json.name(name), records));
    json.endObject().endObject();
  }

  private Map<String, List<Settings>> partitions() {
    Map<String, List<Settings>> partitions = new LinkedHashMap<>();
    for (KafkaRecord record : settings.list(RECORDS)) {
      Settings all = record.settings.over(settings);
      partitions
          .computeIfAbsent(topic(all) + "-" + partition(all), name -> new ArrayList<>())
          .add(all);
    }
    return partitions;
  }

  private static String topic(Settings record) {
    return record.or(KafkaRecord.TOPIC, "orders");
  }

  private static int partition(Settings record) {
    return record.or(KafkaRecord.PARTITION, 0);
  }

  private void write(JsonWriter json, List<Settings> records) {
    long next = 0;
    json.beginArray();
    for (Settings record : records) {
      long offset = record.or(KafkaRecord.OFFSET, next);
      if (offset < next) {
        throw Refused.value(
            "offset", offset, "offsets ascend in a partition, so it is " + next + " or more here");
      }
      write(json, record, offset);
      next = offset + 1;
    }
    json.endArray();
  }

  private void write(JsonWriter json, Settings record, long offset) {
    json.beginObject();
    json.name("topic").value(topic(record));
    json.name("partition").value(partition(record));
    json.name("offset").value(offset);
    json.name("timestamp").value(record.or(KafkaRecord.TIMESTAMP, at()).toEpochMilli());
    json.name("timestampType").value("CREATE_TIME");
    base64(json, "key", record, KafkaRecord.KEY);
    base64(json, "value", record, KafkaRecord.VALUE);
    json.name("headers").beginArray();
    for (Map.Entry<String, byte[]> header : record.list(KafkaRecord.HEADERS)) {
      json.beginObject().name(header.getKey()).beginArray();
      for (byte each : header.getValue()) {
        json.value(each);
      }
      json.endArray().endObject();
    }
    json.endArray().endObject();
  }

  private static void base64(JsonWriter json, String name, Settings record, Setting<byte[]> what) {
    byte[] bytes = record.get(what);
    if (bytes != null) {
      json.name(name).value(Base64.getEncoder().encodeToString(bytes));
    }
  }
}
