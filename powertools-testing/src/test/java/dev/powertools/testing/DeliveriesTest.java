// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.Points;
import dev.powertools.local.event.Events;
import dev.powertools.local.event.SqsEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@FunctionTest
class DeliveriesTest {

  public static class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      return event;
    }
  }

  /** Counts how many are between two points at once. */
  static final class Crowd {
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
  }

  public static class Meeting implements RequestHandler<Integer, Integer> {
    @Override
    public Integer handleRequest(Integer event, Context context) {
      Crowd crowd = FunctionRuntime.current().part(Crowd.class).orElseThrow();
      int now = crowd.inside.incrementAndGet();
      crowd.most.accumulateAndGet(now, Math::max);
      if (now <= event) {
        Points.reach("inside");
      }
      crowd.inside.decrementAndGet();
      return now;
    }
  }

  public static class Locked implements RequestHandler<Integer, Integer> {
    @Override
    public Integer handleRequest(Integer event, Context context) {
      synchronized (FunctionRuntime.current().part(Crowd.class).orElseThrow()) {
        Points.reach("inside");
        return event;
      }
    }
  }

  private static List<String> ids(List<TestResponse> responses) {
    return responses.stream().map(TestResponse::requestId).toList();
  }

  @Nested
  class One_after_another {

    @Test
    void an_asynchronous_event_keeps_its_request_id(Functions functions) {
      List<TestResponse> responses =
          functions.deliver(Map.of("orderId", "o-1")).to(Echo.class).times(3);

      assertThat(responses).extracting(TestResponse::coldStart).containsExactly(true, false, false);
      assertThat(responses).extracting(TestResponse::text).containsOnly("{\"orderId\":\"o-1\"}");
      assertThat(ids(responses)).hasSize(3).containsOnly(responses.get(0).requestId());
    }

    @Test
    void a_message_keeps_its_id_and_counts_its_receives(Functions functions) {
      SqsEvent event = Events.sqs().bodies("a", "b");

      List<TestResponse> responses = functions.deliver(event).to(Echo.class).times(3);

      assertThat(ids(responses)).doesNotHaveDuplicates();
      for (int i = 0; i < 3; i++) {
        assertThat(responses.get(i).text())
            .contains(event.messageId(0), event.messageId(1))
            .contains("\"ApproximateReceiveCount\":\"" + (i + 1) + "\"")
            .contains("\"receiptHandle\":\"receipt-1" + (i == 0 ? "\"" : "-" + i + "\""));
      }
    }

    @Test
    void a_stream_record_comes_as_it_was_in_an_invocation_of_its_own(Functions functions) {
      String event = "{\"Records\":[{\"eventSource\":\"aws:kinesis\",\"eventID\":\"e-1\"}]}";

      List<TestResponse> responses = functions.deliverJson(event).to(Echo.class).times(2);

      assertThat(ids(responses)).doesNotHaveDuplicates();
      assertThat(responses).extracting(TestResponse::text).containsOnly(event);
    }

    @Test
    void what_is_not_json_comes_as_it_was(Functions functions) {
      assertThat(functions.deliverJson("{").to(Echo.class).times(2))
          .allSatisfy(response -> assertThat(response.error()).isPresent());
    }
  }

  @Nested
  class At_once {

    private final Crowd crowd = new Crowd();

    @Test
    void all_meet_at_the_point(Functions functions) {
      List<TestResponse> responses =
          functions
              .with(Crowd.class, crowd)
              .deliver(12)
              .to(Meeting.class)
              .heldAt("inside")
              .concurrently(12);

      assertThat(responses).hasSize(12).allSatisfy(r -> assertThat(r.error()).isEmpty());
      assertThat(crowd.most).hasValue(12);
    }

    @Test
    void those_that_never_come_are_not_waited_for(Functions functions) {
      List<TestResponse> responses =
          functions
              .with(Crowd.class, crowd)
              .deliver(3)
              .to(Meeting.class)
              .heldAt("inside")
              .concurrently(8);

      assertThat(responses).hasSize(8);
      assertThat(crowd.most.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void by_default_they_meet_before_their_handlers_run(Functions functions) {
      assertThat(functions.with(Crowd.class, crowd).deliver(0).to(Meeting.class).concurrently(4))
          .hasSize(4);
    }

    @Test
    void a_point_that_nobody_reaches_is_an_error_that_names_those_there_are(Functions functions) {
      Deliveries deliveries =
          functions.with(Crowd.class, crowd).deliver(2).to(Meeting.class).heldAt("insied");

      assertThatThrownBy(() -> deliveries.concurrently(2))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("No delivery reached \"insied\"")
          .hasMessageContaining("[inside, start]");
    }

    @Test
    void a_point_that_only_one_can_be_at_is_an_error(Functions functions) {
      Deliveries deliveries =
          functions.with(Crowd.class, crowd).deliver(2).to(Locked.class).heldAt("inside");

      assertThatThrownBy(() -> deliveries.concurrently(2))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Of 2 deliveries 1 were at \"inside\"")
          .hasMessageContaining("lock");
    }
  }

  @Test
  void a_function_and_a_number_are_needed(Functions functions) {
    assertThatThrownBy(() -> functions.deliver(1).times(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(".to(OrderHandler.class)");
    assertThatThrownBy(() -> functions.deliver(1).to(Echo.class).times(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
