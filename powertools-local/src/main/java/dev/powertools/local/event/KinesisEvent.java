// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A batch of records of one shard of a Kinesis data stream. What is said here of records holds for
 * all that say nothing else. Immutable: each method gives a new one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Lambda and
 *     Kinesis</a>
 */
public final class KinesisEvent extends ToldEvent<KinesisEvent> {

  private static final Setting<String> STREAM = new Setting<>();
  private static final Setting<Integer> SHARD = new Setting<>();
  private static final Setting<List<KinesisRecord>> RECORDS = new Setting<>();
  private static final KinesisRecord NOTHING_SAID = new KinesisRecord(Settings.NONE);
  private static final BigInteger FIRST =
      new BigInteger("49590338271490256608559692538361571095921575989136588898");

  KinesisEvent(Settings settings) {
    super(settings);
  }

  @Override
  KinesisEvent with(Settings changed) {
    return new KinesisEvent(changed);
  }

  /** The stream, by name or ARN; {@code orders} by default. */
  public KinesisEvent stream(String nameOrArn) {
    if (!nameOrArn.startsWith("arn:") && !nameOrArn.matches("[A-Za-z0-9_.-]{1,128}")) {
      throw Refused.value(
          "stream", nameOrArn, "a stream's name has 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.'");
    }
    return with(STREAM, nameOrArn);
  }

  /** The number of the shard; 0 by default. */
  public KinesisEvent shard(int number) {
    if (number < 0) {
      throw Refused.value("shard", number, "shards are counted from 0");
    }
    return with(SHARD, number);
  }

  /** Adds a record with this data: bytes as they are, text in UTF-8, anything else as its JSON. */
  public KinesisEvent data(Object data) {
    return record(record -> record.data(data));
  }

  /** Adds a record that differs from the others. */
  public KinesisEvent record(UnaryOperator<KinesisRecord> record) {
    return with(settings.adding(RECORDS, List.of(record.apply(NOTHING_SAID))));
  }

  /** The records' partition key; {@code partition-1} by default. */
  public KinesisEvent partitionKey(String key) {
    return with(new KinesisRecord(settings).partitionKey(key).settings);
  }

  /** The sequence number of the record at {@code index}, by which batch failures are reported. */
  public String sequenceNumber(int index) {
    return number(settings.list(RECORDS).get(index).settings, index);
  }

  private static String number(Settings record, int index) {
    return record.or(KinesisRecord.SEQUENCE, FIRST.add(BigInteger.valueOf(index)).toString());
  }

  @Override
  void write(JsonWriter json) {
    List<KinesisRecord> records = settings.list(RECORDS);
    Refused.none(records, "Kinesis", "data(…) or record(…)");
    json.beginObject().name("Records").beginArray();
    for (int i = 0; i < records.size(); i++) {
      write(json, records.get(i).settings.over(settings), i);
    }
    json.endArray().endObject();
  }

  private void write(JsonWriter json, Settings record, int index) {
    String stream = settings.or(STREAM, "orders");
    String arn = stream.startsWith("arn:") ? stream : arn("kinesis", "stream/" + stream);
    String shard = String.format("shardId-%012d", settings.or(SHARD, 0));
    json.beginObject().name("kinesis");
    data(json, record, index);
    json.name("eventSource").value("aws:kinesis");
    json.name("eventVersion").value("1.0");
    json.name("eventID").value(shard + ":" + number(record, index));
    json.name("eventName").value("aws:kinesis:record");
    json.name("invokeIdentityArn").value("arn:aws:iam::" + account() + ":role/lambda-role");
    json.name("awsRegion").value(arn.split(":", -1)[3]);
    json.name("eventSourceARN").value(arn);
    json.endObject();
  }

  private void data(JsonWriter json, Settings record, int index) {
    byte[] data = record.get(KinesisRecord.DATA);
    if (data == null) {
      throw new IllegalArgumentException("Record " + index + " has no data: give it data(…)");
    }
    Instant arrived = record.or(KinesisRecord.ARRIVED_AT, at());
    json.beginObject();
    json.name("kinesisSchemaVersion").value("1.0");
    json.name("partitionKey").value(record.or(KinesisRecord.PARTITION_KEY, "partition-1"));
    json.name("sequenceNumber").value(number(record, index));
    json.name("data").value(Base64.getEncoder().encodeToString(data));
    json.name("approximateArrivalTimestamp").value(BigDecimal.valueOf(arrived.toEpochMilli(), 3));
    json.endObject();
  }
}
