// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Streams of DynamoDB tables, of new and old images.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Example event</a>
 */
record DynamoDbStreamSource(String arn) implements StreamSource {

  private static final String REGION = "us-east-1";

  static DynamoDbStreamSource named(String table, Instant since) {
    String label = StreamFailureJson.millis(since).replace("Z", "");
    return new DynamoDbStreamSource(
        "arn:aws:dynamodb:" + REGION + ":000000000000:table/" + table + "/stream/" + label);
  }

  static String shard(int index) {
    return String.format("shardId-%020d-%08x", index, index);
  }

  /** A change as it stands in the event. */
  byte[] record(DynamoDbChange change, String eventId, BigInteger sequence, Instant arrival) {
    byte[] keys = DynamoDbItemJson.item(change.keys());
    JsonWriter json = new JsonWriter().beginObject();
    json.name("eventID").value(eventId);
    json.name("eventName").value(change.eventName());
    json.name("eventVersion").value("1.1");
    json.name("eventSource").value("aws:dynamodb");
    json.name("awsRegion").value(REGION);
    json.name("dynamodb").beginObject();
    json.name("ApproximateCreationDateTime").value(arrival.getEpochSecond());
    json.name("Keys").rawJson(keys);
    int size = keys.length;
    size += image(json, "NewImage", change.newImage());
    size += image(json, "OldImage", change.oldImage());
    json.name("SequenceNumber").value(sequence.toString());
    json.name("SizeBytes").value(size);
    json.name("StreamViewType").value("NEW_AND_OLD_IMAGES");
    json.endObject();
    json.name("eventSourceARN").value(arn);
    return json.endObject().toByteArray();
  }

  private static int image(JsonWriter json, String name, @Nullable Map<String, ?> image) {
    if (image == null) {
      return 0;
    }
    byte[] item = DynamoDbItemJson.item(image);
    json.name(name).rawJson(item);
    return item.length;
  }

  /** What tells items apart: their keys. */
  static String key(DynamoDbChange change) {
    return new String(DynamoDbItemJson.item(change.keys()), StandardCharsets.UTF_8);
  }

  @Override
  public Duration retention() {
    return Duration.ofDays(1);
  }

  @Override
  public void event(JsonWriter json, List<StreamRecord> batch) {
    StreamBatchInfo.records(json, batch);
  }

  @Override
  public Optional<Position> position(@Nullable Object itemIdentifier) {
    return KinesisSource.sequenceNumber(itemIdentifier);
  }

  @Override
  public void batchInfo(JsonWriter json, List<StreamRecord> batch, int eventBytes) {
    StreamBatchInfo.write(json, "DDBStreamBatchInfo", batch, arn);
  }

  @Override
  public String lane(StreamRecord record, int parallelizationFactor) {
    return StreamShards.lane(record, parallelizationFactor);
  }
}
