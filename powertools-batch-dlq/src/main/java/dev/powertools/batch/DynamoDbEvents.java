// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.DynamodbTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.powertools.core.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events of DynamoDB streams in the form of {@code aws-lambda-java-events}: written as the platform
 * writes them, and read as its own.
 */
final class DynamoDbEvents {

  private DynamoDbEvents() {}

  static List<DynamoDbRecord> read(
      @Nullable DynamodbEvent event, StreamEvent.RecordReader<DynamoDbRecord> reader) {
    ShardEvents.requireNoWindow(
        event instanceof DynamodbTimeWindowEvent, DynamoDbStreamBatchHandler.class);
    List<DynamoDbRecord> records = new ArrayList<>();
    if (event == null || event.getRecords() == null) {
      return records;
    }
    StreamWindow window = new StreamWindow();
    for (DynamodbStreamRecord record : event.getRecords()) {
      int index = records.size();
      byte[] json = json(index, record);
      records.add(
          EventParser.read(json, DynamoDbRecord.KIND, in -> reader.read(in, index, window)));
    }
    return records;
  }

  private static byte[] json(int index, DynamodbStreamRecord record) {
    StreamRecord change = record.getDynamodb();
    ShardEvents.required(
        change == null ? null : change.getSequenceNumber(), "SequenceNumber", index);
    JsonWriter json = new JsonWriter().beginObject();
    json.name("eventID").value(record.getEventID());
    json.name("eventName").value(record.getEventName());
    json.name("eventVersion").value(record.getEventVersion());
    json.name("eventSource").value(record.getEventSource());
    json.name("awsRegion").value(record.getAwsRegion());
    json.name("dynamodb").beginObject();
    Instant changed = ShardEvents.instant(change.getApproximateCreationDateTime());
    if (changed != null) {
      json.name("ApproximateCreationDateTime").value(changed.getEpochSecond());
    }
    item(json, "Keys", change.getKeys());
    item(json, "NewImage", change.getNewImage());
    item(json, "OldImage", change.getOldImage());
    json.name("SequenceNumber").value(change.getSequenceNumber());
    json.name("SizeBytes").value((Object) change.getSizeBytes());
    json.name("StreamViewType").value(change.getStreamViewType());
    json.endObject();
    if (record.getUserIdentity() != null) {
      json.name("userIdentity").beginObject();
      json.name("type").value(record.getUserIdentity().getType());
      json.name("principalId").value(record.getUserIdentity().getPrincipalId()).endObject();
    }
    json.name("eventSourceARN").value(record.getEventSourceARN());
    return json.endObject().toByteArray();
  }

  private static void item(
      JsonWriter json, String name, @Nullable Map<String, AttributeValue> item) {
    if (item != null) {
      members(json.name(name), item);
    }
  }

  private static void members(JsonWriter json, Map<String, AttributeValue> members) {
    json.beginObject();
    members.forEach((name, value) -> typed(json.name(name), value));
    json.endObject();
  }

  private static void typed(JsonWriter json, AttributeValue value) {
    json.beginObject();
    if (value.getS() != null) {
      json.name("S").value(value.getS());
    } else if (value.getN() != null) {
      json.name("N").value(value.getN());
    } else if (value.getB() != null) {
      json.name("B").value(RecordBytes.of(value.getB()).encoded());
    } else if (value.getBOOL() != null) {
      json.name("BOOL").value(value.getBOOL().booleanValue());
    } else if (value.getM() != null) {
      members(json.name("M"), value.getM());
    } else if (value.getL() != null) {
      json.name("L").beginArray();
      value.getL().forEach(element -> typed(json, element));
      json.endArray();
    } else {
      set(json, value);
    }
    json.endObject();
  }

  private static void set(JsonWriter json, AttributeValue value) {
    if (value.getSS() != null) {
      json.name("SS").value((Object) value.getSS());
    } else if (value.getNS() != null) {
      json.name("NS").value((Object) value.getNS());
    } else if (value.getBS() != null) {
      json.name("BS").beginArray();
      value.getBS().forEach(element -> json.value(RecordBytes.of(element).encoded()));
      json.endArray();
    } else {
      json.name("NULL").value(true);
    }
  }
}
