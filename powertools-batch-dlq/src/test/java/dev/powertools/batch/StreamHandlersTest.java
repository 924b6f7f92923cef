// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.json.JsonPointer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is particular to streams. */
class StreamHandlersTest {

  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime = Fixtures.runtime(deadLetters).build();
  private final List<String> diary = Collections.synchronizedList(new ArrayList<>());

  private String handle(RequestStreamHandler handler, String event) {
    return (String) Fixtures.under(runtime, () -> send(handler, event));
  }

  private static String send(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A record of Kinesis, {@code key:data}. */
  private static String kinesis(int index, String record) {
    int colon = record.indexOf(':');
    return "{\"kinesis\":{\"partitionKey\":\"%s\",\"sequenceNumber\":\"%d\",\"data\":\"%s\"}}"
        .formatted(record.substring(0, colon), index, base64(record.substring(colon + 1)));
  }

  private static String kinesis(String... records) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      all.add(kinesis(i, records[i]));
    }
    return "{\"Records\":[" + String.join(",", all) + "]}";
  }

  private static String failed(Object sequenceNumber) {
    return "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + sequenceNumber + "\"}]}";
  }

  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  /** Fails on what it is told to. */
  class Texts extends KinesisBatchHandler<String> {
    @Override
    protected Outcome onRecord(String text, KinesisRecordContext record) throws Exception {
      diary.add(record.partitionKey() + ":" + text);
      if (text.startsWith("fails")) {
        throw new IllegalStateException(text);
      }
      return text.startsWith("never") ? Outcome.deadLetter(text) : Outcome.done();
    }
  }

  @DeadLetter(queue = SourceUnderTest.DLQ)
  @Parallel(max = 8)
  class Keyed extends Texts {}

  @Nested
  class Keys_in_parallel {

    @Test
    void keep_the_order_of_each_key() {
      assertThat(handle(new Keyed(), kinesis("a:1", "b:1", "a:2", "b:2", "a:3")))
          .isEqualTo(NOTHING_FAILED);
      assertThat(of("a")).containsExactly("a:1", "a:2", "a:3");
      assertThat(of("b")).containsExactly("b:1", "b:2");
    }

    private List<String> of(String key) {
      return diary.stream().filter(line -> line.startsWith(key)).toList();
    }

    @Test
    void name_the_first_failure_of_the_batch_whichever_failed_first() throws Exception {
      CountDownLatch laterFailed = new CountDownLatch(1);
      @Parallel(max = 8)
      class Ordered extends KinesisBatchHandler<String> {
        @Override
        protected Outcome onRecord(String text, KinesisRecordContext record) throws Exception {
          if (record.partitionKey().equals("a")) {
            assertThat(laterFailed.await(10, TimeUnit.SECONDS)).isTrue();
          } else {
            FunctionInvocation.current().orElseThrow().onEnd(end -> laterFailed.countDown());
          }
          throw new IllegalStateException(text);
        }
      }

      assertThat(handle(new Ordered(), kinesis("a:1", "b:1"))).isEqualTo(failed(0));
    }

    @Test
    void begin_nothing_behind_a_failure_but_go_on_before_it() throws Exception {
      CountDownLatch failed = new CountDownLatch(1);
      @Parallel(max = 2)
      class Ordered extends KinesisBatchHandler<String> {
        @Override
        protected Outcome onRecord(String text, KinesisRecordContext record) throws Exception {
          diary.add(record.partitionKey() + ":" + text);
          if (record.partitionKey().equals("b")) {
            // told when the failure is settled; the lane is closed by the thread that tells it
            FunctionInvocation.current().orElseThrow().onEnd(end -> failed.countDown());
            throw new IllegalStateException(text);
          }
          if (text.equals("1")) {
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
          }
          return Outcome.done();
        }
      }

      assertThat(handle(new Ordered(), kinesis("a:1", "a:2", "b:3", "c:4"))).isEqualTo(failed(2));
      assertThat(diary).contains("a:1", "a:2", "b:3").doesNotContain("c:4");
    }

    @Test
    void park_what_can_never_succeed_and_go_on() {
      assertThat(handle(new Keyed(), kinesis("a:never", "a:2", "b:1"))).isEqualTo(NOTHING_FAILED);
      assertThat(of("a")).containsExactly("a:never", "a:2");
      assertThat(deadLetters.held).hasSize(1);
    }
  }

  @Nested
  class Without_a_dead_letter_queue {

    @Test
    void what_can_never_succeed_blocks_its_shard_and_nobody_is_asked_for_a_queue() {
      assertThat(handle(new Texts(), kinesis("a:1", "a:never", "a:3"))).isEqualTo(failed(1));
      assertThat(diary).containsExactly("a:1", "a:never");
      assertThat(deadLetters.requests).isEmpty();
    }
  }

  @Nested
  class Refused_at_the_start {

    @Redelivery
    class Delayed extends Texts {}

    @DeadLetter(poisonAfterReceives = 3)
    class Poisoned extends Texts {}

    @Test
    void is_a_delay_that_no_stream_knows() {
      assertThatThrownBy(Delayed::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("@Redelivery")
          .hasMessageContaining("MaximumRetryAttempts");
    }

    @Test
    void is_a_count_of_receives_that_no_stream_knows() {
      assertThatThrownBy(Poisoned::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("poisonAfterReceives");
    }
  }

  /** Counts texts in the state of a window. */
  class Counting extends KinesisBatchHandler<String> {
    @Override
    protected Outcome onRecord(String text, KinesisRecordContext record) {
      Window window = record.window().orElseThrow();
      Map<String, String> state = new HashMap<>(window.state());
      state.merge(text, "1", (one, two) -> String.valueOf(Integer.parseInt(one) + 1));
      window.state(state);
      assertThat(window.state()).isEqualTo(state);
      if (text.startsWith("fails")) {
        throw new IllegalStateException(text);
      }
      return Outcome.done();
    }

    @Override
    protected void onWindowEnd(Window window) {
      diary.add("end " + window.start() + " " + window.state());
      window.state(Map.of());
    }
  }

  @Nested
  class A_tumbling_window {

    private static String windowed(String state, boolean last, String... records) {
      String event = kinesis(records);
      return event.substring(0, event.length() - 1)
          + ",\"window\":{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T00:02:00Z\"}"
          + (state.isEmpty() ? "" : ",\"state\":" + state)
          + ",\"shardId\":\"shard\",\"isFinalInvokeForWindow\":"
          + last
          + ",\"isWindowTerminatedEarly\":false}";
    }

    @Test
    void has_its_state_sent_back_as_it_came_if_nobody_sets_one() {
      String state = "{\"n\": 1.50, \"deep\":{\"a\":[null]}, \"é\":\"x\"}";

      assertThat(handle(new Texts(), windowed(state, false, "a:1")))
          .isEqualTo("{\"state\":" + state + ",\"batchItemFailures\":[]}");
      assertThat(handle(new Texts(), windowed(state, false, "a:fails")))
          .isEqualTo(
              "{\"state\":" + state + ",\"batchItemFailures\":[{\"itemIdentifier\":\"0\"}]}");
      assertThat(handle(new Texts(), windowed("", false, "a:1")))
          .isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
      assertThat(handle(new Texts(), windowed("null", true)))
          .isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
    }

    @Test
    void keeps_what_records_that_are_done_make_of_its_state_and_nothing_of_one_that_comes_again() {
      assertThat(handle(new Counting(), windowed("{\"x\":\"4\"}", false, "a:x", "b:x", "a:fails")))
          .contains("\"state\":{\"x\":\"6\"}")
          .contains("\"itemIdentifier\":\"2\"");
    }

    @Test
    void reads_other_values_than_text_as_json() {
      assertThat(handle(new Counting(), windowed("{\"x\":4,\"y\":{\"a\":1}}", false, "a:x")))
          .contains("\"x\":\"5\"")
          .contains("\"y\":\"{\\\"a\\\":1}\"");
    }

    @Test
    void is_told_its_end_once_all_is_done() {
      assertThat(handle(new Counting(), windowed("{\"x\":\"4\"}", true, "a:x")))
          .isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
      assertThat(diary).containsExactly("end 2026-01-01T00:00:00Z {x=5}");
    }

    @Test
    void is_not_told_its_end_while_something_comes_again() {
      assertThat(handle(new Counting(), windowed("{}", true, "a:fails")))
          .isEqualTo("{\"state\":{},\"batchItemFailures\":[{\"itemIdentifier\":\"0\"}]}");
      assertThat(diary).isEmpty();
    }

    @Parallel(max = 8)
    class CountingInParallel extends Counting {}

    @Test
    void runs_one_after_the_other_whatever_parallel_says() {
      String[] records = new String[40];
      for (int i = 0; i < records.length; i++) {
        records[i] = "k" + i + ":x";
      }

      assertThat(handle(new CountingInParallel(), windowed("{}", false, records)))
          .contains("\"state\":{\"x\":\"40\"}");
    }

    @Test
    void is_refused_if_it_has_no_end() {
      String event = windowed("{}", false, "a:x").replace("\"end\"", "\"ends\"");

      assertThatThrownBy(() -> handle(new Counting(), event))
          .isInstanceOf(MalformedEventException.class);
    }
  }

  record Item(String id, BigDecimal cents, List<String> tags, boolean open, Map<String, Long> n) {}

  /** Remembers changes. */
  static class Changes extends DynamoDbStreamBatchHandler<Item> {
    final List<Change<Item>> seen = new ArrayList<>();
    final List<DynamoDbRecordContext> records = new ArrayList<>();
    final List<String> events = new ArrayList<>();

    @Override
    protected Outcome onRecord(Change<Item> change, DynamoDbRecordContext record) {
      seen.add(change);
      records.add(record);
      for (String pointer : List.of("/eventID", "/keys/id", "/after/id", "/kind")) {
        events.add(
            FunctionInvocation.current()
                .orElseThrow()
                .event()
                .text(JsonPointer.of(pointer))
                .orElse("nothing"));
      }
      return Outcome.done();
    }
  }

  @Nested
  class A_change_of_an_item {

    private static final String IMAGE =
        "{\"id\":{\"S\":\"i\"},\"cents\":{\"N\":\"12345678901234567890.5\"},"
            + "\"tags\":{\"SS\":[\"a\",\"b\"]},\"open\":{\"BOOL\":true},"
            + "\"n\":{\"M\":{\"x\":{\"N\":\"1\"}}},\"other\":{\"NULL\":true},"
            + "\"l\":{\"L\":[{\"S\":\"s\"},{\"NS\":[\"1\"]},{\"BS\":[\"AA==\"]},{\"B\":\"AA==\"}]}}";

    private static String event(String name, String images, String more) {
      return ("{\"Records\":[{\"eventID\":\"e\",\"eventName\":\"%s\",\"dynamodb\":{"
              + "\"ApproximateCreationDateTime\":1428537600,\"Keys\":{\"id\":{\"S\":\"i\"},"
              + "\"n\":{\"N\":\"7\"}},%s\"SequenceNumber\":\"1\"},\"eventSourceARN\":\"arn:d\"%s}]}")
          .formatted(name, images, more);
    }

    @Test
    void has_its_images_read_as_the_type() {
      Changes changes = new Changes();

      handle(
          changes, event("MODIFY", "\"OldImage\":" + IMAGE + ",\"NewImage\":" + IMAGE + ",", ""));

      Item item =
          new Item(
              "i",
              new BigDecimal("12345678901234567890.5"),
              List.of("a", "b"),
              true,
              Map.of("x", 1L));
      assertThat(changes.seen)
          .containsExactly(
              new Change<>(Change.Kind.MODIFY, Map.of("id", "i", "n", "7"), item, item));
      assertThat(changes.seen.get(0).item()).isEqualTo(item);
      assertThat(changes.records.get(0).changedAt()).contains(Instant.ofEpochSecond(1428537600));
      assertThat(changes.records.get(0).expired()).isFalse();
      assertThat(changes.events).containsExactly("e", "i", "i", "MODIFY");
    }

    @Test
    void may_have_no_image_at_all() {
      Changes changes = new Changes();

      handle(
          changes,
          event("REMOVE", "", ",\"userIdentity\":{\"principalId\":\"dynamodb.amazonaws.com\"}"));

      assertThat(changes.seen.get(0).kind()).isEqualTo(Change.Kind.REMOVE);
      assertThat(changes.records.get(0).expired()).isTrue();
      assertThatThrownBy(() -> changes.seen.get(0).item())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("NEW_AND_OLD_IMAGES");
    }

    /** Takes images as JSON. */
    static class Raw extends DynamoDbStreamBatchHandler<String> {
      final List<String> seen = new ArrayList<>();

      @Override
      protected Outcome onRecord(Change<String> change, DynamoDbRecordContext record) {
        seen.add(change.item());
        seen.add(record.json());
        return Outcome.done();
      }
    }

    @Test
    void can_be_had_as_plain_json_and_as_it_came() {
      Raw raw = new Raw();

      handle(raw, event("INSERT", "\"NewImage\":" + IMAGE + ",", ""));

      assertThat(raw.seen.get(0))
          .isEqualTo(
              "{\"id\":\"i\",\"cents\":12345678901234567890.5,\"tags\":[\"a\",\"b\"],\"open\":true,"
                  + "\"n\":{\"x\":1},\"other\":null,\"l\":[\"s\",[1],[\"AA==\"],\"AA==\"]}");
      assertThat(raw.seen.get(1)).contains(IMAGE).startsWith("{\"eventID\"");
    }

    @DeadLetter(queue = SourceUnderTest.DLQ)
    static class Parking extends Changes {}

    @Test
    void is_undecodable_if_an_image_is_none() {
      for (String image :
          List.of(
              "{\"id\":\"i\"}",
              "{\"id\":{}}",
              "{\"id\":{\"S\":5}}",
              "{\"id\":{\"X\":\"i\"}}",
              "{\"id\":{\"N\":\"five\"}}",
              "{\"id\":{\"S\":\"a\",\"N\":\"1\"}}",
              "{\"id\":{\"L\":{}}}")) {
        Parking changes = new Parking();
        assertThat(handle(changes, event("INSERT", "\"NewImage\":" + image + ",", "")))
            .isEqualTo(NOTHING_FAILED);
        assertThat(changes.seen).as(image).isEmpty();
      }
      assertThat(deadLetters.held).hasSize(7);
      assertThat(deadLetters.held.get(0).body()).contains("{\"id\":\"i\"}");
    }

    @Test
    void of_an_unknown_kind_is_refused_with_its_event() {
      assertThatThrownBy(() -> handle(new Changes(), event("TRUNCATE", "", "")))
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("INSERT, MODIFY or REMOVE");
    }

    /** The first change of the first item ends when those of the others have. */
    @Parallel(max = 4)
    class InParallel extends DynamoDbStreamBatchHandler<String> {
      private final CountDownLatch others = new CountDownLatch(40);

      @Override
      protected Outcome onRecord(Change<String> change, DynamoDbRecordContext record)
          throws Exception {
        if (record.sequenceNumber().equals("0")) {
          assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        }
        diary.add(record.keys() + record.sequenceNumber());
        if (!record.keys().containsValue("0")) {
          others.countDown();
        }
        return Outcome.done();
      }
    }

    @Test
    void comes_after_the_one_before_it_of_the_same_item() {
      List<String> records = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        records.add(
            ("{\"eventName\":\"REMOVE\",\"dynamodb\":{\"SequenceNumber\":\"%d\","
                    + "\"Keys\":{\"id\":{\"S\":\"%d\"}}}}")
                .formatted(i, i % 3));
      }

      assertThat(handle(new InParallel(), "{\"Records\":[" + String.join(",", records) + "]}"))
          .isEqualTo(NOTHING_FAILED);

      for (int item = 0; item < 3; item++) {
        String key = "{id=" + item + "}";
        assertThat(diary.stream().filter(line -> line.startsWith(key)))
            .containsExactlyElementsOf(expected(item, i -> key + i));
      }
    }

    private static List<String> expected(int item, Function<Integer, String> line) {
      List<String> lines = new ArrayList<>();
      for (int i = item; i < 60; i += 3) {
        lines.add(line.apply(i));
      }
      return lines;
    }
  }

  /** Fails on what it is told to. */
  class Values extends KafkaBatchHandler<String> {
    @Override
    protected Outcome onRecord(String value, KafkaRecordContext record) {
      diary.add(record.topic() + "-" + record.partition() + ":" + value);
      if (value.startsWith("fails")) {
        throw new IllegalStateException(value);
      }
      return Outcome.done();
    }
  }

  @Parallel(max = 4)
  class ParallelValues extends Values {}

  @DeadLetter(queue = SourceUnderTest.DLQ)
  class ParkingValues extends Values {}

  /** Tells values from tombstones. */
  static class Compacted extends KafkaBatchHandler<Optional<Item>> {
    final List<Optional<Item>> seen = new ArrayList<>();
    final List<KafkaRecordContext> records = new ArrayList<>();

    @Override
    protected Outcome onRecord(Optional<Item> value, KafkaRecordContext record) {
      seen.add(value);
      records.add(record);
      return Outcome.done();
    }
  }

  @Nested
  class Partitions_of_kafka {

    private static String record(String topic, int partition, int offset, String value) {
      return "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"value\":%s}"
          .formatted(topic, partition, offset, value);
    }

    private static String values(String topic, int partition, String... values) {
      List<String> records = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        records.add(record(topic, partition, 8 + i, "\"" + base64(values[i]) + "\""));
      }
      return "\"" + topic + "-" + partition + "\":[" + String.join(",", records) + "]";
    }

    private static String event(String... partitions) {
      return "{\"eventSource\":\"SelfManagedKafka\",\"records\":{"
          + String.join(",", partitions)
          + "}}";
    }

    private static String failed(Object... partitionsAndOffsets) {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < partitionsAndOffsets.length; i += 2) {
        items.add(
            "{\"itemIdentifier\":{\"partition\":\"%s\",\"offset\":%s}}"
                .formatted(partitionsAndOffsets[i], partitionsAndOffsets[i + 1]));
      }
      return items.stream().collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
    }

    private static final String THREE =
        event(
            values("t", 0, "a", "b", "fails", "c"),
            values("t", 1, "d"),
            values("u", 0, "fails too", "e"));

    @Test
    void go_on_each_by_itself_and_name_their_lowest_offset() {
      assertThat(handle(new Values(), THREE)).isEqualTo(failed("t-0", 10, "u-0", 8));
      assertThat(diary).containsExactly("t-0:a", "t-0:b", "t-0:fails", "t-1:d", "u-0:fails too");
    }

    @Test
    void do_so_in_parallel_too() {
      assertThat(handle(new ParallelValues(), THREE)).isEqualTo(failed("t-0", 10, "u-0", 8));
      assertThat(diary)
          .containsExactlyInAnyOrder("t-0:a", "t-0:b", "t-0:fails", "t-1:d", "u-0:fails too");
    }

    @Test
    void of_two_clusters_are_different_work() {
      List<String> works = new ArrayList<>();
      class Works extends KafkaBatchHandler<String> {
        @Override
        protected Outcome onRecord(String value, KafkaRecordContext record) {
          works.add(FunctionInvocation.current().orElseThrow().workId());
          return Outcome.done();
        }
      }
      String event = event(values("t", 0, "a"));
      handle(new Works(), event.replaceFirst("\\{", "{\"bootstrapServers\":\"one:9092\","));
      handle(new Works(), event.replaceFirst("}$", ",\"bootstrapServers\":\"two:9092\"}"));

      assertThat(works).containsExactly("one:9092#t-0-8", "two:9092#t-0-8");
    }

    @Test
    void hold_tombstones_for_who_takes_an_optional() {
      Compacted compacted = new Compacted();
      String event =
          "{\"records\":{\"t-0\":["
              + record("t", 0, 1, "null")
              + ","
              + record("t", 0, 2, "\"\"").replace(",\"value\":\"\"", "")
              + "]}}";

      assertThat(handle(compacted, event)).isEqualTo(NOTHING_FAILED);
      assertThat(compacted.seen).containsExactly(Optional.empty(), Optional.empty());
      assertThat(compacted.records.get(0).value()).isEmpty();
    }

    @Test
    void park_tombstones_for_who_does_not_and_say_how_to_take_them() {
      String event = "{\"records\":{\"t-0\":[" + record("t", 0, 1, "null") + "]}}";

      assertThat(handle(new ParkingValues(), event)).isEqualTo(NOTHING_FAILED);
      assertThat(deadLetters.held.get(0).attributes().get("pt.failure").text().orElseThrow())
          .contains("UNDECODABLE")
          .contains("Take Optional<java.lang.String>");
      assertThat(deadLetters.held.get(0).body()).isEqualTo(record("t", 0, 1, "null"));
    }

    @Test
    void park_values_that_are_no_base64_or_no_text() {
      String event =
          "{\"records\":{\"t-0\":["
              + record("t", 0, 1, "\"***\"")
              + ","
              + record("t", 0, 2, "\"/w==\"")
              + "]}}";

      assertThat(handle(new ParkingValues(), event)).isEqualTo(NOTHING_FAILED);
      assertThat(deadLetters.held).hasSize(2);
      assertThat(diary).isEmpty();
    }

    @Test
    void have_keys_and_headers_in_bytes() {
      Compacted compacted = new Compacted();
      String event =
          "{\"records\":{\"t-0\":["
              + record("t", 0, 1, "null")
                  .replace(
                      "{\"topic",
                      "{\"timestamp\":1545084650987,\"key\":\"/wA=\",\"headers\":"
                          + "[{\"h\":[-1,200]},{\"h\":[97]},{\"g\":[]}],\"topic")
              + "]}}";

      handle(compacted, event);

      KafkaRecordContext record = compacted.records.get(0);
      assertThat(record.key()).contains(new byte[] {-1, 0});
      assertThat(record.header("h")).contains("a");
      assertThat(record.header("x")).isEmpty();
      assertThat(record.headers()).hasSize(3);
      assertThat(record.headers().get(0).getValue()).isEqualTo(new byte[] {-1, -56});
      assertThat(record.timestamp()).contains(Instant.ofEpochMilli(1545084650987L));
      assertThat(record.offset()).isEqualTo(1);
    }
  }
}
