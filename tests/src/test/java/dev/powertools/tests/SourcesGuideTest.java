// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.Change;
import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.DynamoDbRecordContext;
import dev.powertools.batch.DynamoDbStreamBatchHandler;
import dev.powertools.batch.Envelope;
import dev.powertools.batch.KafkaBatchHandler;
import dev.powertools.batch.KafkaRecordContext;
import dev.powertools.batch.KinesisBatchHandler;
import dev.powertools.batch.KinesisRecordContext;
import dev.powertools.batch.Parallel;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.batch.Unwrap;
import dev.powertools.batch.Window;
import dev.powertools.core.Outcome;
import dev.powertools.local.sim.StreamFate;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the page on batches shows. */
@FunctionTest
class SourcesGuideTest {

  private static final List<String> TOLD = new CopyOnWriteArrayList<>();

  record Click(String page) {}

  record Order(String orderId, long cents) {}

  // region kinesis
  @DeadLetter(queue = "${CLICKS_DLQ_URL}")
  @Parallel(max = 8) // one visitor's clicks stay in order
  public static class Clicks extends KinesisBatchHandler<Click> {
    @Override
    protected Outcome onRecord(Click click, KinesisRecordContext record) {
      count(record.partitionKey(), click.page());
      return Outcome.done();
    }

    // endregion

    private void count(String visitor, String page) {
      TOLD.add(visitor + " " + page);
    }
  }

  @Test
  void clicks_that_cannot_be_read_do_not_block_the_shard(Functions functions) {
    TOLD.clear();
    functions.environment(
        "CLICKS_DLQ_URL", "https://sqs.us-east-1.amazonaws.com/000000000000/clicks-dlq");
    var clicks = functions.kinesis("clicks", Clicks.class).start();

    clicks.send("ada", new Click("home"));
    clicks.send("ada", "not a click");
    clicks.send("ada", new Click("basket"));
    clicks.drain();

    assertThat(TOLD).containsExactly("ada home", "ada basket");
    assertThat(clicks.records(StreamFate.SUCCEEDED)).hasSize(3);
    assertThat(functions.deadLetters()).hasSize(1);
  }

  // region window
  public static class Visits extends KinesisBatchHandler<Click> {
    @Override
    protected Outcome onRecord(Click click, KinesisRecordContext record) {
      Window window = record.window().orElseThrow();
      Map<String, String> visits = new HashMap<>(window.state());
      visits.merge(click.page(), "1", (n, one) -> String.valueOf(Long.parseLong(n) + 1));
      window.state(visits); // counts if this record is done, else it comes again
      return Outcome.done();
    }

    @Override
    protected void onWindowEnd(Window window) {
      report(window.end(), window.state());
    }

    // endregion

    private void report(Object end, Map<String, String> visits) {
      TOLD.add(end + " " + visits);
    }
  }

  @Test
  void a_window_hands_its_state_on(Functions functions) {
    TOLD.clear();
    String event =
        """
        {"Records":[{"kinesis":{"partitionKey":"a","sequenceNumber":"1",
           "data":"eyJwYWdlIjoiaG9tZSJ9"},"eventSource":"aws:kinesis"}],
         "window":{"start":"2026-01-01T00:00:00Z","end":"2026-01-01T00:02:00Z"},
         "state":{"home":"1"},"isFinalInvokeForWindow":true}""";

    assertThat(functions.function(Visits.class).invokeJson(event).text())
        .isEqualTo("{\"state\":{\"home\":\"2\"},\"batchItemFailures\":[]}");
    assertThat(TOLD).containsExactly("2026-01-01T00:02:00Z {home=2}");
  }

  // region change
  public static class OrderChanges extends DynamoDbStreamBatchHandler<Order> {
    @Override
    protected Outcome onRecord(Change<Order> change, DynamoDbRecordContext record) {
      switch (change.kind()) {
        case INSERT -> tell("new: " + change.item().orderId());
        case MODIFY -> tell(change.before().cents() + " is now " + change.after().cents());
        case REMOVE -> tell((record.expired() ? "expired: " : "gone: ") + change.keys());
      }
      return Outcome.done();
    }

    // endregion

    private void tell(String what) {
      TOLD.add(what);
    }
  }

  @Test
  void changes_are_read_as_the_type_of_the_item(Functions functions) {
    TOLD.clear();
    var orders = functions.dynamoDbStream("orders", OrderChanges.class).start();
    Map<String, Object> five = Map.of("orderId", "o", "cents", 5);
    Map<String, Object> seven = Map.of("orderId", "o", "cents", 7);

    orders.insert(Map.of("orderId", "o"), five);
    orders.modify(Map.of("orderId", "o"), five, seven);
    orders.remove(Map.of("orderId", "o"), seven);
    orders.drain();

    assertThat(TOLD).containsExactly("new: o", "5 is now 7", "gone: {orderId=o}");
  }

  // region kafka
  public static class Prices extends KafkaBatchHandler<Optional<Order>> {
    @Override
    protected Outcome onRecord(Optional<Order> order, KafkaRecordContext record) {
      String key = record.keyText().orElseThrow();
      order.ifPresentOrElse(each -> put(key, each), () -> remove(key)); // empty: a tombstone
      return Outcome.done();
    }

    // endregion

    private void put(String key, Order order) {
      TOLD.add(key + "=" + order.cents());
    }

    private void remove(String key) {
      TOLD.add(key + " removed");
    }
  }

  @Test
  void tombstones_are_empty_optionals(Functions functions) {
    TOLD.clear();
    String event =
        """
        {"eventSource":"aws:kafka","records":{"prices-0":[
           {"topic":"prices","partition":0,"offset":8,"key":"YQ==",
            "value":"eyJvcmRlcklkIjoibyIsImNlbnRzIjo1fQ=="},
           {"topic":"prices","partition":0,"offset":9,"key":"YQ==","value":null}]}}""";

    assertThat(functions.function(Prices.class).invokeJson(event).text())
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(TOLD).containsExactly("a=5", "a removed");
  }

  // region unwrap
  @Unwrap({Envelope.SNS, Envelope.EVENTBRIDGE})
  public static class OrdersOfTheBus extends SqsBatchHandler<Order> {
    @Override
    protected Outcome onRecord(Order order, RecordContext record) {
      tell(record.header("detail-type").orElseThrow(), order.orderId());
      return Outcome.done();
    }

    // endregion

    private void tell(String type, String order) {
      TOLD.add(type + " " + order);
    }
  }

  @Test
  void an_event_of_a_bus_comes_through_a_topic(Functions functions) {
    TOLD.clear();
    String event =
        """
        {"version":"0","id":"e","detail-type":"OrderPlaced","source":"shop","account":"1",
         "time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],
         "detail":{"orderId":"o","cents":5}}""";
    var orders = functions.sqs("orders", OrdersOfTheBus.class).start();

    orders.send(
        Map.of(
            "Type", "Notification",
            "MessageId", "s",
            "TopicArn", "arn:aws:sns:eu-west-1:1:t",
            "Message", event,
            "Timestamp", "2026-01-01T00:00:00Z"));
    orders.drain();

    assertThat(TOLD).containsExactly("OrderPlaced o");
    orders.assertNothingLost();
  }
}
