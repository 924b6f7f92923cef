// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.FunctionError;
import dev.powertools.local.InvokeOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The truth table of Kinesis event source mappings: AWS's rules, one by one. */
class StreamRulesTest {

  private final StreamWorld world = new StreamWorld();

  private static void send(KinesisSimulator stream, String... data) {
    for (String text : data) {
      stream.send("key", text);
    }
  }

  private List<String> fates(KinesisSimulator stream) {
    return stream.records().stream().map(r -> stream.fate(r).name()).toList();
  }

  /** An invocation of {@code times} that answers so, and then successes. */
  private void answering(int times, EventAnswer answer) {
    AtomicInteger left = new AtomicInteger(times);
    world.behaviour =
        batch ->
            left.getAndDecrement() > 0
                ? answer
                : EventAnswer.returned("{\"batchItemFailures\":[]}");
  }

  @Nested
  class An_answer {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "null",
          "{}",
          "{\"batchItemFailures\":null}",
          "{\"batchItemFailures\":[]}",
          "{\"batchItemFailure\":[{\"itemIdentifier\":\"1\"}]}"
        })
    void without_failures_is_a_complete_success(String response) {
      answering(9, EventAnswer.returned(response));
      KinesisSimulator stream = world.started(o -> o.reportBatchItemFailures());
      send(stream, "a", "b");
      stream.drain();

      assertThat(world.batches).containsExactly(List.of("a", "b"));
      assertThat(fates(stream)).containsExactly("SUCCEEDED", "SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
          "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
          "{\"batchItemFailures\":[{\"itemIdentifierr\":\"1\"}]}",
          "{\"batchItemFailures\":[{\"itemIdentifier\":17}]}",
          "{\"batchItemFailures\":[{\"itemIdentifier\":\"nonsense\"}]}",
          "{\"batchItemFailures\":[{\"itemIdentifier\":\"17\"}]}",
          "{\"batchItemFailures\":[null]}",
          "{\"batchItemFailures\":\"all\"}",
          "\"all\"",
          "{not json"
        })
    void that_is_malformed_or_names_a_stranger_fails_the_whole_batch(String response) {
      answering(1, EventAnswer.returned(response));
      KinesisSimulator stream = world.started(o -> o.reportBatchItemFailures());
      send(stream, "a", "b");
      stream.drain();

      assertThat(world.batches).containsExactly(List.of("a", "b"), List.of("a", "b"));
      assertThat(fates(stream)).containsExactly("SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void is_ignored_where_partial_responses_are_off() {
      world.behaviour = batch -> batch.failing("a");
      KinesisSimulator stream = world.started(o -> o);
      send(stream, "a", "b");
      stream.drain();

      assertThat(world.batches).hasSize(1);
      assertThat(fates(stream)).containsExactly("SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void with_several_failures_makes_the_lowest_the_checkpoint_and_repeats_later_successes() {
      AtomicInteger invocations = new AtomicInteger();
      world.behaviour =
          batch ->
              invocations.incrementAndGet() == 1
                  ? batch.failing("d", "b")
                  : EventAnswer.returned("{}");
      KinesisSimulator stream = world.started(o -> o.reportBatchItemFailures());
      send(stream, "a", "b", "c", "d", "e");
      stream.drain();

      assertThat(world.batches)
          .containsExactly(List.of("a", "b", "c", "d", "e"), List.of("b", "c", "d", "e"));
    }

    @Test
    void is_compared_by_number_and_not_as_text() {
      AtomicInteger invocations = new AtomicInteger();
      List<String> sequences = new ArrayList<>();
      world.behaviour =
          batch -> {
            sequences.addAll(batch.sequences());
            return invocations.incrementAndGet() == 1
                ? batch.failing("h", "a")
                : EventAnswer.returned("{}");
          };
      KinesisSimulator stream = world.started(o -> o.reportBatchItemFailures());
      send(stream, "a", "b", "c", "d", "e", "f", "g", "h");
      stream.drain();

      assertThat(sequences.get(0).compareTo(sequences.get(7)))
          .as("as text, the first number comes after the last")
          .isPositive();
      assertThat(world.batches.get(1)).as("from the lowest").hasSize(8);
    }
  }

  @Nested
  class A_failure {

    @Test
    void of_any_kind_is_retried_as_a_whole_batch_under_a_new_request_id() {
      for (EventAnswer failure :
          List.of(
              EventAnswer.failed(new IllegalStateException("boom")),
              EventAnswer.failed(FunctionError.TIMED_OUT, "Task timed out after 3.00 seconds"))) {
        answering(2, failure);
        KinesisSimulator stream = world.started(o -> o.maximumRetryAttempts(2));
        send(stream, "a", "b");
        stream.drain();
        assertThat(fates(stream)).containsExactly("SUCCEEDED", "SUCCEEDED");
      }
      assertThat(world.batches).hasSize(6).allMatch(batch -> batch.equals(List.of("a", "b")));
      assertThat(world.requestIds.subList(0, 3)).doesNotHaveDuplicates();
    }

    @Test
    void that_is_thrown_out_of_the_function_counts_as_its_error() {
      AtomicInteger invocations = new AtomicInteger();
      world.behaviour =
          batch -> {
            if (invocations.incrementAndGet() == 1) {
              throw new IllegalStateException("thrown");
            }
            return EventAnswer.returned("{}");
          };
      KinesisSimulator stream = world.started(o -> o);
      send(stream, "a");
      stream.drain();

      assertThat(stream.explain()).contains("java.lang.IllegalStateException: thrown");
      assertThat(fates(stream)).containsExactly("SUCCEEDED");
    }

    @Test
    void of_an_assertion_stops_the_mapping_and_comes_out_of_drain() {
      world.behaviour =
          batch -> {
            throw new AssertionError("not as expected");
          };
      KinesisSimulator stream = world.started(o -> o);
      send(stream, "a");

      assertThatThrownBy(stream::drain)
          .isInstanceOf(AssertionError.class)
          .hasMessage("not as expected");
      assertThat(fates(stream)).containsExactly("IN_STREAM");
    }

    @Test
    void blocks_its_shard_and_no_other() {
      world.behaviour = batch -> batch.throwingAt(Set.of("bad"));
      KinesisSimulator stream = world.started(o -> o.shards(2).batchSize(1));
      StreamRecord bad = stream.send("1", "bad");
      StreamRecord behind = stream.send("1", "behind it");
      StreamRecord elsewhere = stream.send("6", "elsewhere");
      assertThat(bad.shard()).isEqualTo(behind.shard()).isNotEqualTo(elsewhere.shard());

      world.clock.advance(Duration.ofHours(23));

      assertThat(stream.fate(elsewhere)).isEqualTo(StreamFate.SUCCEEDED);
      assertThat(stream.fate(behind)).isEqualTo(StreamFate.IN_STREAM);
      assertThat(world.batches).doesNotContain(List.of("behind it"));
    }

    @Test
    void without_limits_ends_when_the_stream_no_longer_keeps_the_record() {
      world.behaviour = batch -> batch.throwingAt(Set.of("bad"));
      KinesisSimulator stream =
          world.started(o -> o.batchSize(1).onFailure(StreamDestination.QUEUE));
      send(stream, "bad");
      world.clock.advance(Duration.ofHours(20));
      send(stream, "later");
      stream.drain();

      assertThat(fates(stream)).containsExactly("EXPIRED", "SUCCEEDED");
      assertThat(stream.failures()).isEmpty();
      assertThat(world.clock.now()).isAfter(Instant.parse("2026-01-02T00:00:00Z"));
    }
  }

  @Nested
  class Retries {

    @Test
    void are_bounded_and_the_batch_is_then_given_up_whole() {
      world.behaviour = batch -> batch.throwingAt(Set.of("bad"));
      KinesisSimulator stream =
          world.started(
              o -> o.batchSize(2).maximumRetryAttempts(2).onFailure(StreamDestination.QUEUE));
      send(stream, "good", "bad", "next");
      stream.drain();

      assertThat(world.batches)
          .containsExactly(
              List.of("good", "bad"),
              List.of("good", "bad"),
              List.of("good", "bad"),
              List.of("next"));
      assertThat(fates(stream))
          .containsExactly("SENT_TO_DESTINATION", "SENT_TO_DESTINATION", "SUCCEEDED");
    }

    @Test
    void may_be_none() {
      world.behaviour = batch -> batch.throwingAt(Set.of("bad"));
      KinesisSimulator stream = world.started(o -> o.maximumRetryAttempts(0));
      send(stream, "bad");
      stream.drain();

      assertThat(world.batches).hasSize(1);
      assertThat(fates(stream)).as("there is no destination").containsExactly("DISCARDED");
    }

    @Test
    void are_not_used_up_by_throttles() {
      answering(5, EventAnswer.throttled());
      KinesisSimulator stream = world.started(o -> o.maximumRetryAttempts(0));
      send(stream, "a");
      stream.drain();

      assertThat(world.batches).hasSize(6);
      assertThat(fates(stream)).containsExactly("SUCCEEDED");
    }

    @Test
    void of_a_partial_failure_are_bounded_too() {
      world.behaviour = batch -> batch.failingAtFirst(Set.of("b"));
      KinesisSimulator stream =
          world.started(
              o ->
                  o.maximumRetryAttempts(1)
                      .reportBatchItemFailures()
                      .onFailure(StreamDestination.QUEUE));
      send(stream, "a", "b", "c");
      stream.drain();

      assertThat(world.batches).containsExactly(List.of("a", "b", "c"), List.of("b", "c"));
      assertThat(fates(stream))
          .containsExactly("SUCCEEDED", "SENT_TO_DESTINATION", "SENT_TO_DESTINATION");
    }
  }

  @Nested
  class Age {

    @Test
    void is_told_before_a_record_is_sent_and_younger_ones_go_on() {
      answering(1_000, EventAnswer.unavailable());
      KinesisSimulator stream =
          world.started(
              o -> o.maximumRecordAge(Duration.ofMinutes(1)).onFailure(StreamDestination.QUEUE));
      send(stream, "old");
      world.clock.advance(Duration.ofSeconds(59));
      send(stream, "young");
      world.clock.advance(Duration.ofSeconds(30));
      answering(0, EventAnswer.unavailable());
      stream.drain();

      assertThat(fates(stream)).containsExactly("SENT_TO_DESTINATION", "SUCCEEDED");
      assertThat(stream.failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.condition()).isEqualTo("RecordAgeExceeded");
                assertThat(failure.document()).doesNotContain("responseContext");
              });
    }
  }

  @Nested
  class Bisecting {

    @Test
    void isolates_a_bad_record_and_uses_up_no_retry() {
      world.behaviour = batch -> batch.throwingAt(Set.of("c"));
      KinesisSimulator stream =
          world.started(o -> o.bisect().maximumRetryAttempts(1).onFailure(StreamDestination.QUEUE));
      send(stream, "a", "b", "c", "d");
      stream.drain();

      assertThat(world.batches)
          .containsExactly(
              List.of("a", "b", "c", "d"),
              List.of("a", "b"),
              List.of("c", "d"),
              List.of("c"),
              List.of("c"),
              List.of("d"));
      assertThat(fates(stream))
          .containsExactly("SUCCEEDED", "SUCCEEDED", "SENT_TO_DESTINATION", "SUCCEEDED");
    }

    @Test
    void of_a_partial_failure_splits_at_the_returned_number_and_retries_the_rest_only() {
      AtomicInteger invocations = new AtomicInteger();
      world.behaviour =
          batch ->
              invocations.incrementAndGet() == 1 ? batch.failing("c") : EventAnswer.returned("{}");
      KinesisSimulator stream =
          world.started(o -> o.bisect().reportBatchItemFailures().maximumRetryAttempts(0));
      send(stream, "a", "b", "c", "d");
      stream.drain();

      assertThat(world.batches).containsExactly(List.of("a", "b", "c", "d"), List.of("c", "d"));
      assertThat(fates(stream)).containsOnly("SUCCEEDED");
    }

    @Test
    void of_a_partial_failure_at_the_very_first_record_uses_up_a_retry() {
      world.behaviour = batch -> batch.failingAtFirst(Set.of("a"));
      KinesisSimulator stream =
          world.started(
              o ->
                  o.bisect()
                      .reportBatchItemFailures()
                      .maximumRetryAttempts(1)
                      .onFailure(StreamDestination.QUEUE));
      send(stream, "a", "b");
      stream.drain();

      assertThat(world.batches).containsExactly(List.of("a", "b"), List.of("a", "b"));
      assertThat(fates(stream)).containsOnly("SENT_TO_DESTINATION");
    }

    @Test
    void happens_to_thrown_errors_also_where_partial_responses_are_on() {
      world.behaviour = batch -> batch.throwingAt(Set.of("b"));
      KinesisSimulator stream =
          world.started(o -> o.bisect().reportBatchItemFailures().maximumRetryAttempts(0));
      send(stream, "a", "b");
      stream.drain();

      assertThat(world.batches).containsExactly(List.of("a", "b"), List.of("a"), List.of("b"));
      assertThat(fates(stream)).containsExactly("SUCCEEDED", "DISCARDED");
    }
  }

  @Nested
  class A_batch {

    @Test
    void holds_no_more_than_its_size_and_never_two_shards() {
      KinesisSimulator stream = world.started(o -> o.shards(2).batchSize(2));
      for (String key : List.of("1", "6", "1", "6", "1")) {
        stream.send(key, key);
      }
      stream.drain();

      assertThat(world.batches)
          .containsExactlyInAnyOrder(List.of("1", "1"), List.of("1"), List.of("6", "6"));
    }

    @Test
    void is_sent_when_its_window_ends_or_when_it_is_full() {
      KinesisSimulator stream =
          world.started(o -> o.batchSize(3).batchingWindow(Duration.ofSeconds(10)));
      send(stream, "a");
      world.clock.advance(Duration.ofSeconds(9));
      send(stream, "b");
      assertThat(world.batches).isEmpty();
      world.clock.advance(Duration.ofSeconds(1));
      assertThat(world.batches).containsExactly(List.of("a", "b"));

      send(stream, "c", "d", "e");
      world.clock.advance(Duration.ZERO);
      assertThat(world.batches).hasSize(2).contains(List.of("c", "d", "e"));
    }

    @Test
    void stays_below_the_six_megabytes_of_an_invocation() {
      KinesisSimulator stream = world.started(o -> o);
      byte[] megabyte = new byte[1024 * 1024];
      for (int i = 0; i < 6; i++) {
        stream.send("key", megabyte);
      }
      stream.drain();

      assertThat(world.batches).extracting(List::size).containsExactly(4, 2);
    }
  }

  @Nested
  class Starting {

    @Test
    void at_the_trim_horizon_reads_everything() {
      KinesisSimulator stream = world.kinesis(o -> o);
      send(stream, "before");
      stream.start();
      send(stream, "after");
      stream.drain();
      assertThat(fates(stream)).containsExactly("SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void at_latest_reads_what_comes_after() {
      KinesisSimulator stream = world.kinesis(o -> o.startingPosition(StreamStart.latest()));
      send(stream, "before");
      stream.start();
      send(stream, "after");
      stream.drain();
      assertThat(fates(stream)).containsExactly("BEFORE_START", "SUCCEEDED");
      assertThat(world.batches).containsExactly(List.of("after"));
    }

    @Test
    void at_a_moment_reads_what_came_then_or_later() {
      Instant start = world.clock.now();
      KinesisSimulator stream =
          world.kinesis(o -> o.startingPosition(StreamStart.at(start.plusSeconds(5))));
      send(stream, "too early");
      world.clock.advance(Duration.ofSeconds(5));
      send(stream, "just then");
      stream.start();
      stream.drain();
      assertThat(fates(stream)).containsExactly("BEFORE_START", "SUCCEEDED");
    }

    @Test
    void twice_is_refused() {
      KinesisSimulator stream = world.started(o -> o);
      assertThatThrownBy(stream::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("stream/clicks");
    }
  }

  @Nested
  class Concurrency {

    @Test
    void within_a_shard_keeps_the_order_of_each_key_and_blocks_only_its_part() {
      world.behaviour = batch -> batch.throwingAt(Set.of("bad"));
      KinesisSimulator stream = world.started(o -> o.parallelizationFactor(2).batchSize(1));
      stream.send("a", "bad");
      stream.send("b", "other part");
      stream.send("a", "blocked");
      world.clock.advance(Duration.ofHours(1));

      assertThat(fates(stream)).containsExactly("IN_STREAM", "SUCCEEDED", "IN_STREAM");
    }

    @Test
    void lets_another_shards_batch_in_while_a_function_sleeps_on_the_clock() {
      List<String> told = new ArrayList<>();
      world.behaviour =
          batch -> {
            told.add("begin " + batch.data());
            world.clock.advance(Duration.ofSeconds(10));
            told.add("end " + batch.data());
            return EventAnswer.returned("{}");
          };
      KinesisSimulator stream = world.started(o -> o.shards(2));
      stream.send("1", "a");
      stream.send("6", "b");
      stream.drain();

      assertThat(told).containsExactly("begin [a]", "begin [b]", "end [b]", "end [a]");
      assertThat(fates(stream)).containsOnly("SUCCEEDED");
    }

    @Test
    void beyond_the_functions_own_is_throttled() {
      EventFunction one =
          new EventFunction() {
            @Override
            public EventAnswer invoke(byte[] event, InvokeOptions options) {
              world.clock.advance(Duration.ofSeconds(10));
              return EventAnswer.returned("{}");
            }

            @Override
            public int maxConcurrency() {
              return 1;
            }
          };
      StreamOptions options = StreamOptions.builder().shards(2).build();
      KinesisSimulator stream = KinesisSimulator.of("clicks", world.clock, one, options);
      stream.start();
      stream.send("1", "a");
      StreamRecord second = stream.send("6", "b");
      stream.drain();

      assertThat(stream.explain(second)).contains("throttled");
      assertThat(fates(stream)).containsOnly("SUCCEEDED");
    }
  }

  @Test
  void bad_options_are_refused_with_their_value() {
    assertThatThrownBy(() -> world.kinesis(o -> o.parallelizationFactor(11)))
        .hasMessage("parallelizationFactor is '11': expected 1 to 10");
    assertThatThrownBy(() -> world.kinesis(o -> o.maximumRecordAge(Duration.ofSeconds(59))))
        .hasMessage("maximumRecordAge is 'PT59S': expected PT1M to PT168H");
    assertThatThrownBy(() -> world.kinesis(o -> o).send("", "data"))
        .hasMessage("partitionKey is '': expected 1 to 256 characters");
  }
}
