// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A source as its contract sees it: all of its records are in one lane.
 *
 * @param record a record as it stands in the event, of index and body
 * @param event the event with these records
 * @param id how the response names the record of an index
 * @param sourceId by what the source knows the record of an index
 * @param original what the dead letter of a record holds of it
 */
record SourceUnderTest(
    String name,
    Function<SourceScript, RequestStreamHandler> handler,
    BiFunction<Integer, String, String> record,
    Function<List<String>, String> event,
    Function<Integer, String> id,
    Function<Integer, String> sourceId,
    BiFunction<String, String, String> original,
    String arn) {

  static final String DLQ = "https://sqs.eu-central-1.amazonaws.com/123456789012/dead";

  /** What every record holds. */
  record Payload(String body) {}

  @Override
  public String toString() {
    return name;
  }

  String json(int index, String body) {
    return record.apply(index, body);
  }

  /** A batch of records with these bodies. */
  String batch(String... bodies) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < bodies.length; i++) {
      records.add(json(i, bodies[i]));
    }
    return event.apply(records);
  }

  /** The response that names these records. */
  String response(Integer... failed) {
    return "{\"batchItemFailures\":["
        + List.of(failed).stream()
            .map(index -> "{\"itemIdentifier\":" + id.apply(index) + "}")
            .collect(Collectors.joining(","))
        + "]}";
  }

  /** The response when the record of {@code first} is delivered again, of so many. */
  String responseFrom(int first, int size) {
    return name.startsWith("SQS")
        ? response(IntStream.range(first, size).boxed().toArray(Integer[]::new))
        : response(first);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String payload(String body) {
    return body.startsWith("\"") || body.matches("[0-9]+")
        ? "{\"body\":" + body + "}"
        : "{\"body\":" + quoted(body) + "}";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String records(List<String> records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  static List<SourceUnderTest> all() {
    return List.of(fifo(), kinesis(), dynamoDb(), kafka());
  }

  @DeadLetter(queue = DLQ)
  static class Messages extends SqsBatchHandler<Payload> {
    private final SourceScript script;

    Messages(SourceScript script) {
      this.script = script;
    }

    @Override
    protected Outcome onRecord(Payload payload, RecordContext record) {
      return script.play(payload.body(), record);
    }
  }

  private static SourceUnderTest fifo() {
    return new SourceUnderTest(
        "SQS FIFO",
        Messages::new,
        (index, body) ->
            "{\"messageId\":\"m-%d\",\"body\":%s,\"attributes\":{\"MessageGroupId\":\"g\"},\"eventSourceARN\":\"%s\"}"
                .formatted(index, quoted(payload(body)), Fixtures.FIFO),
        SourceUnderTest::records,
        index -> "\"m-" + index + "\"",
        index -> "m-" + index,
        (record, body) -> payload(body),
        Fixtures.FIFO);
  }

  @DeadLetter(queue = DLQ)
  static class Clicks extends KinesisBatchHandler<Payload> {
    private final SourceScript script;

    Clicks(SourceScript script) {
      this.script = script;
    }

    @Override
    protected Outcome onRecord(Payload payload, KinesisRecordContext record) {
      return script.play(payload.body(), record);
    }
  }

  /** Sequence numbers of which the second is the greater number and the lesser text. */
  static String sequence(int index) {
    return String.valueOf(99 + index);
  }

  private static SourceUnderTest kinesis() {
    String arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks";
    return new SourceUnderTest(
        "Kinesis",
        Clicks::new,
        (index, body) ->
            """
            {"kinesis": {"partitionKey":"p%d\\u00e9","sequenceNumber":"%s",
              "data":"%s","approximateArrivalTimestamp":1545084650.987},
             "eventSource":"aws:kinesis","eventID":"shardId-000000000006:%s","eventSourceARN":"%s"}"""
                .formatted(index, sequence(index), base64(payload(body)), sequence(index), arn),
        SourceUnderTest::records,
        index -> "\"" + sequence(index) + "\"",
        SourceUnderTest::sequence,
        (record, body) -> record,
        arn);
  }

  @DeadLetter(queue = DLQ)
  static class Changes extends DynamoDbStreamBatchHandler<Payload> {
    private final SourceScript script;

    Changes(SourceScript script) {
      this.script = script;
    }

    @Override
    protected Outcome onRecord(Change<Payload> change, DynamoDbRecordContext record) {
      return script.play(change.item().body(), record);
    }
  }

  private static SourceUnderTest dynamoDb() {
    String arn =
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";
    return new SourceUnderTest(
        "DynamoDB stream",
        Changes::new,
        (index, body) ->
            """
            {"eventID":"e%d","eventName":"INSERT","eventSource":"aws:dynamodb",
             "dynamodb":{"Keys":{"id":{"S":"i%d"}},"NewImage":{"body":{%s}},
               "SequenceNumber":"%s","StreamViewType":"NEW_AND_OLD_IMAGES"},
             "eventSourceARN":"%s"}"""
                .formatted(
                    index,
                    index,
                    body.matches("[0-9]+") ? "\"N\":\"" + body + "\"" : "\"S\":" + quoted(body),
                    sequence(index),
                    arn),
        SourceUnderTest::records,
        index -> "\"" + sequence(index) + "\"",
        SourceUnderTest::sequence,
        (record, body) -> record,
        arn);
  }

  @DeadLetter(queue = DLQ)
  static class Payments extends KafkaBatchHandler<Payload> {
    private final SourceScript script;

    Payments(SourceScript script) {
      this.script = script;
    }

    @Override
    protected Outcome onRecord(Payload payload, KafkaRecordContext record) {
      return script.play(payload.body(), record);
    }
  }

  private static SourceUnderTest kafka() {
    String arn = "arn:aws:kafka:eu-central-1:123456789012:cluster/c/1-1";
    return new SourceUnderTest(
        "Kafka",
        Payments::new,
        (index, body) ->
            """
            {"topic":"payments","partition":0,"offset":%d,"timestamp":1545084650987,
             "key":"%s","value":"%s","headers":[{"h":[118,-1]}]}"""
                .formatted(99 + index, base64("k"), base64(payload(body))),
        records ->
            "{\"eventSource\":\"aws:kafka\",\"records\":{\"payments-0\":["
                + String.join(",", records)
                + "]},\"eventSourceArn\":\""
                + arn
                + "\"}",
        index -> "{\"partition\":\"payments-0\",\"offset\":" + (99 + index) + "}",
        index -> "payments-0-" + (99 + index),
        (record, body) -> record,
        arn);
  }
}
