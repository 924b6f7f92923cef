// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent.KafkaEventRecord;
import dev.powertools.core.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Kafka events in the form of {@code aws-lambda-java-events}. */
final class KafkaEvents {

  private KafkaEvents() {}

  static List<KafkaRecord> read(@Nullable KafkaEvent event) {
    List<KafkaRecord> records = new ArrayList<>();
    if (event == null || event.getRecords() == null) {
      return records;
    }
    String arn = Objects.requireNonNullElse(event.getEventSourceArn(), "");
    String servers = Objects.requireNonNullElse(event.getBootstrapServers(), "");
    event
        .getRecords()
        .forEach(
            (lane, some) -> some.forEach(each -> records.add(record(arn, servers, lane, each))));
    return records;
  }

  private static KafkaRecord record(
      String arn, String servers, String lane, KafkaEventRecord record) {
    return new KafkaRecord(
        arn,
        servers,
        lane,
        Objects.requireNonNullElse(record.getTopic(), ""),
        record.getPartition(),
        record.getOffset(),
        Instant.ofEpochMilli(record.getTimestamp()),
        RecordBytes.of(record.getKey()),
        RecordBytes.of(record.getValue()),
        headers(record.getHeaders()),
        () -> json(record));
  }

  private static List<Map.Entry<String, byte[]>> headers(
      @Nullable List<Map<String, byte[]>> given) {
    List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
    if (given != null) {
      given.forEach(each -> each.forEach((name, value) -> headers.add(Map.entry(name, value))));
    }
    return headers;
  }

  /** As the platform would have it in its event. */
  private static byte[] json(KafkaEventRecord record) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("topic").value(record.getTopic());
    json.name("partition").value(record.getPartition());
    json.name("offset").value(record.getOffset());
    json.name("timestamp").value(record.getTimestamp());
    json.name("timestampType").value(record.getTimestampType());
    json.name("key").value(record.getKey());
    json.name("value").value(record.getValue());
    json.name("headers").beginArray();
    for (Map.Entry<String, byte[]> header : headers(record.getHeaders())) {
      json.beginObject().name(header.getKey()).beginArray();
      for (byte octet : header.getValue()) {
        json.value(octet);
      }
      json.endArray().endObject();
    }
    return json.endArray().endObject().toByteArray();
  }
}
