// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.sim.StreamFate;
import dev.powertools.local.sim.StreamRecord;
import dev.powertools.testing.DeadLettered;
import dev.powertools.testing.DynamoDbStream;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.KafkaTopic;
import dev.powertools.testing.KinesisStream;
import dev.powertools.testing.RecordedSpan;
import dev.powertools.testing.Spans;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams of orders through every door: what fails comes again and blocks, what can never succeed
 * is parked and does not, and nothing is charged twice although the platform repeats what
 * succeeded.
 */
@FunctionTest
class StreamBatchesTest {

  private static final String BROKEN = "{\"orderId\":7}";

  private final Shop shop = new Shop();

  private static String order(String id, int cents) {
    return "{\"orderId\":\"" + id + "\",\"cents\":" + cents + "}";
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        BaseClassKinesisOrders.class,
        WovenKinesisOrders.class,
        PlainCodeKinesisOrders.class
      })
  void kinesis(Class<?> door, Functions functions, FunctionLogs logs, Spans spans) {
    KinesisStream orders =
        functions.with(Shop.class, shop).kinesis("orders", door).maximumRetryAttempts(2).start();

    orders.send("ada", order("a-1", 5));
    StreamRecord broken = orders.send("ada", BROKEN);
    StreamRecord free = orders.send("bob", order("b-1", 0));
    orders.send("ada", order("a-2", 5));
    orders.send("bob", order("b-2", 5));
    orders.drain();

    assertThat(orders.fate(broken)).isEqualTo(StreamFate.SUCCEEDED);
    assertThat(orders.fate(free)).isEqualTo(StreamFate.DISCARDED);
    assertThat(shop.charged()).startsWith("a-1").doesNotHaveDuplicates();
    isParked(functions, "arn:aws:kinesis:us-east-1:000000000000:stream/orders", "\"data\":");
    hasSpans(spans, "process orders");
    if (door != PlainCodeKinesisOrders.class) {
      assertThat(logs.lines())
          .filteredOn(line -> line.message().equals("Charged a-1"))
          .isNotEmpty()
          .allSatisfy(
              line -> assertThat(line.field("correlation_id").orElse("")).startsWith("shardId-"));
    }
  }

  private static void isParked(Functions functions, String arn, String body) {
    List<DeadLettered> letters = functions.deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).reason()).isEqualTo("UNDECODABLE");
    assertThat(letters.get(0).body()).contains(body);
    assertThat(letters.get(0).attributes().get("pt.failure")).contains("\"srcArn\":\"" + arn);
  }

  private static void hasSpans(Spans spans, String name) {
    assertThat(spans.open()).isZero();
    List<RecordedSpan> records = spans.roots().get(0).children();
    assertThat(records).isNotEmpty();
    assertThat(records).as("%s", spans).allMatch(span -> span.name().equals(name));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {BaseClassTableOrders.class, WovenTableOrders.class, PlainCodeTableOrders.class})
  void dynamoDbStreams(Class<?> door, Functions functions, FunctionLogs logs, Spans spans) {
    DynamoDbStream orders =
        functions
            .with(Shop.class, shop)
            .dynamoDbStream("orders", door)
            .maximumRetryAttempts(2)
            .start();

    Map<String, String> ada = Map.of("orderId", "a-1");
    Map<String, String> bob = Map.of("orderId", "b-1");
    orders.insert(ada, Map.of("orderId", "a-1", "cents", 5));
    StreamRecord broken = orders.insert(bob, Map.of("orderId", 7, "cents", 5));
    StreamRecord free = orders.insert(bob, Map.of("orderId", "b-1", "cents", 0));
    orders.remove(ada, Map.of("orderId", "a-1", "cents", 7));
    orders.drain();

    assertThat(orders.fate(broken)).isEqualTo(StreamFate.SUCCEEDED);
    assertThat(orders.fate(free)).isEqualTo(StreamFate.DISCARDED);
    assertThat(shop.charged()).startsWith("a-1").hasSizeLessThanOrEqualTo(2);
    isParked(functions, "arn:aws:dynamodb:us-east-1:000000000000:table/orders/", "\"NewImage\":");
    hasSpans(spans, "process orders");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {BaseClassKafkaOrders.class, WovenKafkaOrders.class, PlainCodeKafkaOrders.class})
  void kafka(Class<?> door, Functions functions, FunctionLogs logs, Spans spans) {
    KafkaTopic orders =
        functions
            .with(Shop.class, shop)
            .kafka("orders", door)
            .shards(2)
            .maximumRetryAttempts(2)
            .start();
    String sender = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    orders.send(0, "ada", order("a-1", 5), Map.of("traceparent", sender));
    StreamRecord broken = orders.send(0, "ada", BROKEN, Map.of());
    StreamRecord next = orders.send(0, "ada", order("a-2", 5), Map.of());
    StreamRecord free = orders.send(1, "bob", order("b-1", 0), Map.of());
    orders.drain();

    assertThat(orders.fate(broken)).isEqualTo(StreamFate.SUCCEEDED);
    assertThat(orders.fate(next)).isEqualTo(StreamFate.SUCCEEDED);
    assertThat(orders.fate(free)).isEqualTo(StreamFate.DISCARDED);
    assertThat(shop.charged()).containsExactly("a-1", "a-2");
    isParked(functions, "arn:aws:kafka:us-east-1:000000000000:cluster/local/", "\"value\":");
    assertThat(spans.roots().get(0).children())
        .anySatisfy(
            span ->
                assertThat(span.links())
                    .extracting(RecordedSpan.Link::traceId)
                    .containsExactly("0af7651916cd43dd8448eb211c80319c"));
  }
}
