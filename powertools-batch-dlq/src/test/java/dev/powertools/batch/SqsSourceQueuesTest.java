// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.batch.SourceQueues.DeniedException;
import dev.powertools.batch.SourceQueues.Visibility;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Source queues as SQS sees them. */
class SqsSourceQueuesTest {

  private static final String URL = FakeSqs.url("123456789012", "orders");

  private final FakeSqs sqs = new FakeSqs();
  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .config(Config.of(Map.of()))
          .timing(new TestTiming())
          .part(SqsClient.class, sqs)
          .build();
  private final SourceQueues queues = new SqsSourceQueues(runtime);

  @Nested
  class Changed_visibility {

    @Test
    void is_one_request_with_ids_of_its_own_and_a_stale_receipt_is_no_failure() {
      queues.postpone(
          Fixtures.STANDARD, List.of(new Visibility("r-a", 0), new Visibility("r-b", 42_300)));

      assertThat(sqs.calls)
          .containsExactly("GetQueueUrl orders", "ChangeMessageVisibilityBatch " + URL);
      assertThat(sqs.visibility.get(0).entries())
          .extracting(e -> e.id() + " " + e.receiptHandle() + " " + e.visibilityTimeout())
          .containsExactly("e0 r-a 0", "e1 r-b 42300");
    }

    @Test
    void asks_for_the_url_once() {
      queues.postpone(Fixtures.STANDARD, List.of(new Visibility("r-a", 1)));
      queues.postpone(Fixtures.STANDARD, List.of(new Visibility("r-b", 1)));

      assertThat(sqs.calls).containsOnlyOnce("GetQueueUrl orders");
    }

    @Test
    void that_is_not_allowed_says_so() {
      sqs.deniedCalls.add("ChangeMessageVisibilityBatch");

      assertThatThrownBy(
              () -> queues.postpone(Fixtures.STANDARD, List.of(new Visibility("r-a", 1))))
          .isInstanceOf(DeniedException.class);
    }
  }

  @Test
  void deletes_are_confirmed_if_none_of_them_failed() {
    sqs.failing.put("r-b", false);

    assertThat(queues.delete(Fixtures.STANDARD, List.of("r-a"))).isTrue();
    assertThat(queues.delete(Fixtures.STANDARD, List.of("r-a", "r-b"))).isFalse();
  }

  @Test
  void the_limit_of_receives_is_that_of_the_redrive_policy() {
    assertThat(queues.mostReceives(Fixtures.STANDARD)).isEqualTo(ReceiveLimits.NONE);

    sqs.redrivePolicies.put(URL, "{\"deadLetterTargetArn\":\"arn\",\"maxReceiveCount\":7}");
    assertThat(queues.mostReceives(Fixtures.STANDARD)).isEqualTo(7);

    sqs.redrivePolicies.put(URL, "{\"maxReceiveCount\":\"8\"}");
    assertThat(queues.mostReceives(Fixtures.STANDARD)).isEqualTo(8);
  }

  @Test
  void each_call_is_marked_as_the_toolkits_own() {
    sqs.redrivePolicies.put(
        URL, "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:123456789012:dead\"}");

    queues.postpone(Fixtures.STANDARD, List.of(new Visibility("r-a", 1)));
    queues.delete(Fixtures.STANDARD, List.of("r-a"));
    queues.mostReceives(Fixtures.STANDARD);
    new SqsDeadLetterQueues(runtime)
        .find(null, Fixtures.STANDARD)
        .orElseThrow()
        .send(List.of(), Duration.ofSeconds(1));

    assertThat(sqs.calls)
        .extracting(call -> call.substring(0, call.indexOf(' ')))
        .contains(
            "GetQueueUrl",
            "GetQueueAttributes",
            "ChangeMessageVisibilityBatch",
            "DeleteMessageBatch",
            "SendMessageBatch");
    assertThat(sqs.unmarked).isEmpty();
  }

  @Test
  void a_function_that_may_not_ask_for_the_url_knows_it_by_its_form() {
    sqs.deniedCalls.add("GetQueueUrl");

    queues.postpone(Fixtures.STANDARD, List.of(new Visibility("r-a", 1)));

    assertThat(sqs.calls).contains("ChangeMessageVisibilityBatch " + URL);
    assertThat(QueueArn.of("arn:aws-cn:sqs:cn-north-1:1:q").usualUrl())
        .isEqualTo("https://sqs.cn-north-1.amazonaws.com.cn/1/q");
  }
}
