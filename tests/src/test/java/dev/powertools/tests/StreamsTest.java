// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent.KafkaEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.powertools.local.sim.AsyncEvent;
import dev.powertools.local.sim.AsyncFate;
import dev.powertools.local.sim.StreamFate;
import dev.powertools.local.sim.StreamRecord;
import dev.powertools.testing.AsyncInvocations;
import dev.powertools.testing.DynamoDbStream;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.KafkaTopic;
import dev.powertools.testing.KinesisStream;
import dev.powertools.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Streams and asynchronous invocations of plain handlers, through the production client. */
@FunctionTest
class StreamsTest {

  // region clicks-handler
  /** Counts clicks; stops at the first that it can't read. */
  public static class Clicks implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    private final List<String> counted;

    Clicks(List<String> counted) {
      this.counted = counted;
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
      for (KinesisEventRecord record : event.getRecords()) {
        String click =
            StandardCharsets.UTF_8.decode(record.getKinesis().getData().duplicate()).toString();
        if (click.equals("broken")) {
          String sequence = record.getKinesis().getSequenceNumber();
          return new StreamsEventResponse(List.of(new BatchItemFailure(sequence)));
        }
        counted.add(click);
      }
      return new StreamsEventResponse(List.of());
    }
  }

  // endregion

  // region clicks-test
  @Test
  void a_broken_click_is_given_up_and_blocks_the_others_for_a_while_only(
      Functions functions, TestClock clock) {
    List<String> counted = new CopyOnWriteArrayList<>();
    KinesisStream clicks =
        functions
            .kinesis("clicks", Clicks.class)
            .instance(() -> new Clicks(counted))
            .batchSize(2)
            .maximumRetryAttempts(2)
            .onFailure()
            .start();

    clicks.send("ada", "home");
    StreamRecord broken = clicks.send("ada", "broken");
    clicks.send("ada", "basket");
    clicks.drain();

    assertThat(counted).containsExactly("home", "basket");
    assertThat(clicks.fate(broken)).isEqualTo(StreamFate.SENT_TO_DESTINATION);
    assertThat(clicks.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.condition()).isEqualTo("RetryAttemptsExhausted"));
    assertThat(clock.now()).isEqualTo("2026-01-01T00:00:03Z");
  }

  // endregion

  /** Throws at what it does not like. */
  public static class Changes implements RequestHandler<DynamodbEvent, Void> {
    @Override
    public Void handleRequest(DynamodbEvent event, Context context) {
      for (DynamodbStreamRecord record : event.getRecords()) {
        if (record.getDynamodb().getNewImage().get("cents").getN().startsWith("-")) {
          throw new IllegalArgumentException("cents");
        }
      }
      return null;
    }
  }

  @Test
  void bisecting_isolates_the_change_that_makes_the_function_throw(Functions functions) {
    DynamoDbStream orders =
        functions
            .dynamoDbStream("orders", Changes.class)
            .bisect()
            .maximumRetryAttempts(0)
            .onFailure()
            .start();

    for (int cents : new int[] {5, -1, 7, 9}) {
      orders.insert(Map.of("id", "o" + cents), Map.of("cents", cents));
    }
    orders.drain();

    assertThat(orders.records(StreamFate.SUCCEEDED)).hasSize(3);
    assertThat(orders.failures())
        .singleElement()
        .satisfies(f -> assertThat(f.records()).hasSize(1));
    assertThat(orders.explain())
        .contains("java.lang.IllegalArgumentException: cents; split in two");
  }

  /** Names the first empty payment of each partition. */
  public static class Payments implements RequestHandler<KafkaEvent, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(KafkaEvent event, Context context) {
      List<Object> failures = new ArrayList<>();
      event
          .getRecords()
          .forEach(
              (partition, records) ->
                  records.stream()
                      .filter(r -> r.getValue().isEmpty())
                      .map(KafkaEventRecord::getOffset)
                      .findFirst()
                      .ifPresent(o -> failures.add(failure(partition, o))));
      return Map.of("batchItemFailures", failures);
    }

    private static Map<String, Object> failure(String partition, long offset) {
      return Map.of("itemIdentifier", Map.of("partition", partition, "offset", offset));
    }
  }

  @Test
  void kafka_partitions_go_on_where_they_failed(Functions functions) {
    KafkaTopic payments =
        functions.kafka("payments", Payments.class).shards(2).maximumRetryAttempts(1).start();

    StreamRecord fine = payments.send(0, "a", "5 cents", Map.of());
    StreamRecord empty = payments.send(0, "a", "", Map.of());
    StreamRecord other = payments.send(1, "b", "7 cents", Map.of());
    payments.drain();

    assertThat(payments.fate(fine)).isEqualTo(StreamFate.SUCCEEDED);
    assertThat(payments.fate(other)).isEqualTo(StreamFate.SUCCEEDED);
    assertThat(payments.fate(empty)).isEqualTo(StreamFate.DISCARDED);
  }

  /** Sleeps on the test's clock. */
  public static class Sleeping implements RequestHandler<KinesisEvent, Void> {

    private final TestClock clock;
    private final List<String> told;

    Sleeping(TestClock clock, List<String> told) {
      this.clock = clock;
      this.told = told;
    }

    @Override
    public Void handleRequest(KinesisEvent event, Context context) {
      String key = event.getRecords().get(0).getKinesis().getPartitionKey();
      told.add("begin " + key);
      try {
        clock.sleep(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      told.add("end " + key);
      return null;
    }
  }

  @Test
  void another_shard_is_served_while_a_function_sleeps(Functions functions, TestClock clock) {
    List<String> told = new CopyOnWriteArrayList<>();
    KinesisStream stream =
        functions
            .kinesis("slow", Sleeping.class)
            .instance(() -> new Sleeping(clock, told))
            .shards(2)
            .start();

    stream.send("1", "on one shard");
    stream.send("6", "on the other");
    stream.drain();

    assertThat(told).containsExactly("begin 1", "begin 6", "end 6", "end 1");
    assertThat(stream.records(StreamFate.SUCCEEDED)).hasSize(2);
  }

  // region async-test
  /** Fails until its neighbour is up again. */
  public static class Notify implements RequestHandler<String, String> {

    private final TestClock clock;
    private final List<String> requestIds;

    Notify(TestClock clock, List<String> requestIds) {
      this.clock = clock;
      this.requestIds = requestIds;
    }

    @Override
    public String handleRequest(String customer, Context context) {
      requestIds.add(context.getAwsRequestId());
      if (clock.nanoTime() < Duration.ofMinutes(2).toNanos()) {
        throw new IllegalStateException("the mail server is down");
      }
      return "sent";
    }
  }

  @Test
  void an_asynchronous_event_is_tried_three_times_under_one_request_id(
      Functions functions, TestClock clock) {
    List<String> requestIds = new CopyOnWriteArrayList<>();
    AsyncInvocations mails =
        functions
            .async(Notify.class)
            .instance(() -> new Notify(clock, requestIds))
            .retries(2)
            .onSuccess()
            .start();

    AsyncEvent mail = mails.send("ada");
    mails.drain();

    assertThat(mails.fate(mail)).isEqualTo(AsyncFate.SUCCEEDED);
    assertThat(requestIds).hasSize(3).containsOnly(mail.requestId());
    assertThat(mails.successes().get(0).document()).contains("\"responsePayload\":\"sent\"");
  }
  // endregion
}
