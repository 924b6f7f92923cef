// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import dev.powertools.core.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Kinesis events in the form of {@code aws-lambda-java-events}. */
final class KinesisEvents {

  private KinesisEvents() {}

  static List<KinesisRecord> read(@Nullable KinesisEvent event, boolean keyed) {
    ShardEvents.requireNoWindow(event instanceof KinesisTimeWindowEvent, KinesisBatchHandler.class);
    List<KinesisRecord> records = new ArrayList<>();
    if (event == null || event.getRecords() == null) {
      return records;
    }
    for (KinesisEventRecord record : event.getRecords()) {
      records.add(record(records.size(), record, keyed));
    }
    return records;
  }

  private static KinesisRecord record(int index, KinesisEventRecord record, boolean keyed) {
    KinesisEvent.Record kinesis = record.getKinesis();
    String sequenceNumber =
        ShardEvents.required(
            kinesis == null ? null : kinesis.getSequenceNumber(), "sequenceNumber", index);
    RecordBytes data = RecordBytes.of(kinesis.getData());
    return new KinesisRecord(
        sequenceNumber,
        Objects.requireNonNullElse(kinesis.getPartitionKey(), ""),
        data,
        Objects.requireNonNullElse(record.getEventSourceARN(), ""),
        Objects.requireNonNullElse(record.getEventID(), ""),
        ShardEvents.instant(kinesis.getApproximateArrivalTimestamp()),
        keyed,
        new StreamWindow(),
        () -> json(record, data));
  }

  /** As the platform would have it in its event. */
  private static byte[] json(KinesisEventRecord record, RecordBytes data) {
    KinesisEvent.Record kinesis = record.getKinesis();
    Instant arrived = ShardEvents.instant(kinesis.getApproximateArrivalTimestamp());
    JsonWriter json = new JsonWriter().beginObject().name("kinesis").beginObject();
    json.name("kinesisSchemaVersion").value(kinesis.getKinesisSchemaVersion());
    json.name("partitionKey").value(kinesis.getPartitionKey());
    json.name("sequenceNumber").value(kinesis.getSequenceNumber());
    json.name("data").value(data.encoded());
    if (arrived != null) {
      json.name("approximateArrivalTimestamp").value(arrived.toEpochMilli() / 1000.0);
    }
    json.endObject();
    json.name("eventSource").value(record.getEventSource());
    json.name("eventVersion").value(record.getEventVersion());
    json.name("eventID").value(record.getEventID());
    json.name("eventName").value(record.getEventName());
    json.name("invokeIdentityArn").value(record.getInvokeIdentityArn());
    json.name("awsRegion").value(record.getAwsRegion());
    json.name("eventSourceARN").value(record.getEventSourceARN());
    return json.endObject().toByteArray();
  }
}
