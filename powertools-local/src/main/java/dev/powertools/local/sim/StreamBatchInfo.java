// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.util.List;

/** What the invocation records of Kinesis and DynamoDB say of a batch. */
final class StreamBatchInfo {

  private StreamBatchInfo() {}

  static void write(JsonWriter json, String name, List<StreamRecord> batch, String streamArn) {
    StreamRecord first = batch.get(0);
    StreamRecord last = batch.get(batch.size() - 1);
    json.name(name).beginObject();
    json.name("shardId").value(first.shard());
    json.name("startSequenceNumber").value(first.sequence().toString());
    json.name("endSequenceNumber").value(last.sequence().toString());
    json.name("approximateArrivalOfFirstRecord").value(StreamFailureJson.millis(first.arrival()));
    json.name("approximateArrivalOfLastRecord").value(StreamFailureJson.millis(last.arrival()));
    json.name("batchSize").value(batch.size());
    json.name("streamArn").value(streamArn);
    json.endObject();
  }

  /** The records under {@code Records}. */
  static void records(JsonWriter json, List<StreamRecord> batch) {
    json.name("Records").beginArray();
    batch.forEach(record -> json.rawJson(record.json()));
    json.endArray();
  }
}
