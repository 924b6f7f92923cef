// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a mapping tells of its records, to people and to destinations. */
class StreamExplainTest {

  private final StreamWorld world = new StreamWorld();

  @Test
  void each_record_has_a_story_in_virtual_times() {
    world.behaviour = batch -> batch.failingAtFirst(Set.of("b"));
    KinesisSimulator stream =
        world.started(
            o ->
                o.reportBatchItemFailures()
                    .maximumRetryAttempts(2)
                    .onFailure(StreamDestination.QUEUE));
    stream.send("key", "a");
    stream.send("key", "b");
    stream.drain();

    assertThat(stream.explain())
        .isEqualTo(
            """
            #1 key shardId-000000000000:9999999999999999999999999999999999999999999999999999998
              00:00:00.000 sent
              00:00:00.000 [1] succeeded: batch of 2: 1 reported as failed, 1 of 2 to retry
            #2 key shardId-000000000000:10000000000000000000000000000000000000000000000000000000
              00:00:00.000 sent
              00:00:00.000 [1] batch of 2: 1 reported as failed, 1 of 2 to retry; retry 1 of 2
              00:00:01.000 [2] batch of 1: 1 reported as failed, 1 of 1 to retry; retry 2 of 2
              00:00:03.000 [3] sent to destination: batch of 1: 1 reported as failed, 1 of 1 to retry; RetryAttemptsExhausted
            """);
  }

  @Test
  void what_repeats_is_told_once() {
    world.behaviour = batch -> batch.throwingAt(Set.of("a"));
    KinesisSimulator stream = world.started(o -> o);
    stream.send("key", "a");
    stream.drain();

    assertThat(world.batches).hasSizeGreaterThan(1_000);
    assertThat(stream.explain().lines()).hasSize(6);
    assertThat(stream.explain()).contains("times more the same");
  }

  @Test
  void a_queue_is_sent_metadata_only() {
    world.behaviour = batch -> batch.throwingAt(Set.of("a"));
    KinesisSimulator stream =
        world.started(o -> o.maximumRetryAttempts(1).onFailure(StreamDestination.QUEUE));
    StreamRecord first = stream.send("key", "a");
    StreamRecord last = stream.send("key", "b");
    stream.drain();

    assertThat(StreamWorld.tree(stream.failures().get(0).document()))
        .isEqualTo(
            StreamWorld.tree(
                """
                {"requestContext":{"requestId":"%s",
                  "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:function",
                  "condition":"RetryAttemptsExhausted","approximateInvokeCount":2},
                 "responseContext":{"statusCode":200,"executedVersion":"$LATEST",
                  "functionError":"Unhandled"},
                 "version":"1.0","timestamp":"2026-01-01T00:00:01.000Z",
                 "KinesisBatchInfo":{"shardId":"shardId-000000000000",
                  "startSequenceNumber":"%s","endSequenceNumber":"%s",
                  "approximateArrivalOfFirstRecord":"2026-01-01T00:00:00.000Z",
                  "approximateArrivalOfLastRecord":"2026-01-01T00:00:00.000Z",
                  "batchSize":2,"streamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/clicks"}}
                """
                    .formatted(world.requestIds.get(1), first.sequence(), last.sequence())));
  }

  @Test
  void a_bucket_is_sent_the_whole_event_too() {
    world.behaviour = batch -> batch.throwingAt(Set.of("a"));
    KinesisSimulator stream =
        world.started(o -> o.maximumRetryAttempts(0).onFailure(StreamDestination.BUCKET));
    stream.send("key", "a");
    stream.drain();

    Object document = StreamWorld.tree(stream.failures().get(0).document());
    Object event = StreamWorld.tree((String) StreamWorld.at(document, "payload"));
    assertThat((List<?>) StreamWorld.at(event, "Records")).hasSize(1);
  }

  @Test
  void a_partial_failure_is_no_error_of_the_function() {
    world.behaviour = batch -> batch.failing("a");
    KinesisSimulator stream =
        world.started(
            o ->
                o.reportBatchItemFailures()
                    .maximumRetryAttempts(0)
                    .onFailure(StreamDestination.QUEUE));
    stream.send("key", "a");
    stream.drain();

    assertThat(stream.failures().get(0).document())
        .contains("\"statusCode\":200")
        .doesNotContain("functionError");
  }
}
