// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Kinesis data streams.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Example event</a>
 */
record KinesisSource(String arn) implements StreamSource {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,128}");
  private static final String REGION = "us-east-1";

  static KinesisSource named(String stream) {
    return new KinesisSource("arn:aws:kinesis:" + REGION + ":000000000000:stream/" + stream);
  }

  static String shard(int index) {
    return String.format("shardId-%012d", index);
  }

  /** A record as it stands in the event. */
  byte[] record(String shard, BigInteger sequence, String key, byte[] data, Instant arrival) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("kinesis").beginObject();
    json.name("kinesisSchemaVersion").value("1.0");
    json.name("partitionKey").value(key);
    json.name("sequenceNumber").value(sequence.toString());
    json.name("data").value(Base64.getEncoder().encodeToString(data));
    BigDecimal seconds = BigDecimal.valueOf(arrival.toEpochMilli(), 3);
    json.name("approximateArrivalTimestamp").rawJson(seconds.toPlainString());
    json.endObject();
    json.name("eventSource").value("aws:kinesis");
    json.name("eventVersion").value("1.0");
    json.name("eventID").value(shard + ":" + sequence);
    json.name("eventName").value("aws:kinesis:record");
    json.name("invokeIdentityArn").value("arn:aws:iam::000000000000:role/lambda-role");
    json.name("awsRegion").value(REGION);
    json.name("eventSourceARN").value(arn);
    return json.endObject().toByteArray();
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
    return sequenceNumber(itemIdentifier);
  }

  /** A sequence number as text, which Kinesis and DynamoDB streams name records by. */
  static Optional<Position> sequenceNumber(@Nullable Object itemIdentifier) {
    return itemIdentifier instanceof String text && NUMBER.matcher(text).matches()
        ? Optional.of(new Position(null, new BigInteger(text)))
        : Optional.empty();
  }

  @Override
  public void batchInfo(JsonWriter json, List<StreamRecord> batch, int eventBytes) {
    StreamBatchInfo.write(json, "KinesisBatchInfo", batch, arn);
  }

  @Override
  public String lane(StreamRecord record, int parallelizationFactor) {
    return StreamShards.lane(record, parallelizationFactor);
  }
}
