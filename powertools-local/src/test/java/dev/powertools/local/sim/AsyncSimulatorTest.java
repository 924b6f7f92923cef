// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.powertools.local.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The truth table of asynchronous invocations: AWS's rules, one by one. */
class AsyncSimulatorTest {

  private static final EventAnswer BOOM = EventAnswer.failed("java.lang.Exception", "boom");
  private static final EventAnswer DONE = EventAnswer.returned("{\"ok\":true}");

  private final VirtualClock clock = VirtualClock.start();
  private final List<Long> seconds = new ArrayList<>();
  private final List<String> requestIds = new ArrayList<>();

  /** By the number of the attempt, from 1. */
  private IntFunction<EventAnswer> behaviour = attempt -> DONE;

  private AsyncSimulator async(UnaryOperator<AsyncOptions.Builder> how) {
    EventFunction function =
        (event, options) -> {
          assertThat(new String(event, StandardCharsets.UTF_8)).startsWith("{\"order\":");
          seconds.add(Duration.ofNanos(clock.nanoTime()).toSeconds());
          requestIds.add(options.requestId());
          return behaviour.apply(seconds.size());
        };
    return AsyncSimulator.of(clock, function, how.apply(AsyncOptions.builder()).build());
  }

  @Nested
  class A_function_that_fails {

    @Test
    void is_tried_again_after_one_minute_and_after_two_more_under_the_same_request_id() {
      behaviour = attempt -> attempt < 3 ? BOOM : DONE;
      AsyncSimulator async = async(o -> o);
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(seconds).containsExactly(0L, 60L, 180L);
      assertThat(requestIds).containsOnly(event.requestId());
      assertThat(async.fate(event)).isEqualTo(AsyncFate.SUCCEEDED);
    }

    @Test
    void is_given_up_after_its_retries() {
      behaviour = attempt -> BOOM;
      AsyncSimulator async = async(o -> o.maximumRetryAttempts(1));
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(seconds).containsExactly(0L, 60L);
      assertThat(async.fate(event)).isEqualTo(AsyncFate.DISCARDED);
      assertThat(async.explain(event))
          .isEqualTo(
              """
              #1 %s
                00:00:00.000 queued
                00:00:00.000 the function failed: java.lang.Exception: boom; again, retry 1 of 1
                00:01:00.000 discarded: the function failed: java.lang.Exception: boom; RetriesExhausted
              """
                  .formatted(event.requestId()));
    }

    @Test
    void is_not_tried_when_the_event_is_too_old() {
      behaviour = attempt -> BOOM;
      AsyncSimulator async = async(o -> o.maximumEventAge(Duration.ofSeconds(90)).onFailure());
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(seconds).containsExactly(0L, 60L);
      assertThat(async.fate(event)).isEqualTo(AsyncFate.SENT_TO_DESTINATION);
      assertThat(async.failures().get(0).condition()).isEqualTo("EventAgeExceeded");
    }
  }

  @Nested
  class An_event_that_does_not_reach_the_function {

    @Test
    void is_tried_ever_more_slowly_and_uses_up_no_retry() {
      behaviour = attempt -> attempt <= 11 ? EventAnswer.throttled() : DONE;
      AsyncSimulator async = async(o -> o.maximumRetryAttempts(0));
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(seconds)
          .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 127L, 255L, 511L, 811L, 1111L);
      assertThat(async.fate(event)).isEqualTo(AsyncFate.SUCCEEDED);
    }

    @Test
    void is_given_up_after_six_hours() {
      behaviour = attempt -> EventAnswer.unavailable();
      AsyncSimulator async = async(o -> o.onFailure().deadLetterQueue());
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(async.fate(event)).isEqualTo(AsyncFate.SENT_TO_DESTINATION);
      assertThat(Duration.ofNanos(clock.nanoTime()))
          .isBetween(Duration.ofHours(6), Duration.ofHours(7));
      assertThat(async.failures().get(0).document())
          .contains("EventAgeExceeded")
          .contains("\"approximateInvokeCount\":0")
          .doesNotContain("responseContext");
      assertThat(async.deadLetters().get(0).attributes()).contains(entry("ErrorCode", "500"));
    }
  }

  @Nested
  class Destinations {

    @Test
    void of_failures_get_request_and_response() {
      behaviour = attempt -> BOOM;
      AsyncSimulator async = async(o -> o.maximumRetryAttempts(0).onFailure());
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(StreamWorld.tree(async.failures().get(0).document()))
          .isEqualTo(
              StreamWorld.tree(
                  """
                  {"version":"1.0","timestamp":"2026-01-01T00:00:00.000Z",
                   "requestContext":{"requestId":"%s",
                    "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:function:$LATEST",
                    "condition":"RetriesExhausted","approximateInvokeCount":1},
                   "requestPayload":{"order":1},
                   "responseContext":{"statusCode":200,"executedVersion":"$LATEST",
                    "functionError":"Unhandled"},
                   "responsePayload":{"errorMessage":"boom","errorType":"java.lang.Exception",
                    "stackTrace":[]}}
                  """
                      .formatted(event.requestId())));
    }

    @Test
    void of_successes_get_the_response() {
      AsyncSimulator async = async(o -> o.onSuccess().onFailure());
      async.send("{\"order\":1}");
      async.drain();

      assertThat(async.failures()).isEmpty();
      assertThat(async.successes())
          .singleElement()
          .satisfies(
              success ->
                  assertThat(success.document())
                      .contains("\"condition\":\"Success\"")
                      .contains("\"responsePayload\":{\"ok\":true}")
                      .doesNotContain("functionError"));
    }

    @Test
    void that_are_dead_letter_queues_get_the_body_and_three_attributes() {
      behaviour = attempt -> EventAnswer.failed("E", "x".repeat(3000));
      AsyncSimulator async = async(o -> o.maximumRetryAttempts(0).deadLetterQueue());
      AsyncEvent event = async.send("{\"order\":1}");
      async.drain();

      assertThat(async.deadLetters())
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.body()).isEqualTo("{\"order\":1}");
                assertThat(message.attributes())
                    .containsOnlyKeys("RequestID", "ErrorCode", "ErrorMessage")
                    .contains(entry("RequestID", event.requestId()), entry("ErrorCode", "200"));
                assertThat(message.attributes().get("ErrorMessage")).hasSize(1024);
              });
    }
  }

  @Nested
  class Duplicates {

    @Test
    void come_now_and_then_under_the_same_request_id_and_the_same_for_the_same_seed() {
      AsyncSimulator async = async(o -> o.duplicates(0.5).seed(7));
      for (int i = 0; i < 20; i++) {
        async.send("{\"order\":" + i + "}");
      }
      async.drain();
      String first = async.explain();
      assertThat(requestIds).hasSizeBetween(25, 35);
      assertThat(requestIds)
          .containsAll(async.events().stream().map(AsyncEvent::requestId).toList());
      assertThat(async.events()).allMatch(e -> async.fate(e) == AsyncFate.SUCCEEDED);
      assertThat(first).contains("duplicate delivery: returned");

      AsyncSimulator again = new AsyncSimulatorTest().async(o -> o.duplicates(0.5).seed(7));
      for (int i = 0; i < 20; i++) {
        again.send("{\"order\":" + i + "}");
      }
      again.drain();
      assertThat(again.explain()).isEqualTo(first);
    }
  }

  @Test
  void an_assertion_that_fails_in_the_function_comes_out_of_drain() {
    behaviour =
        attempt -> {
          throw new AssertionError("not as expected");
        };
    AsyncSimulator async = async(o -> o);
    AsyncEvent event = async.send("{\"order\":1}");

    assertThatThrownBy(async::drain).isInstanceOf(AssertionError.class);
    assertThat(async.fate(event)).isEqualTo(AsyncFate.QUEUED);
  }

  @Test
  void bad_options_are_refused_with_their_value() {
    assertThatThrownBy(() -> async(o -> o.maximumRetryAttempts(3)))
        .hasMessage("maximumRetryAttempts is '3': expected 0 to 2");
  }
}
