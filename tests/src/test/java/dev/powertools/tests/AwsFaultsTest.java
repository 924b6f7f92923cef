// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.local.aws.AwsCall;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a function does when AWS does not do what it should. */
@FunctionTest
class AwsFaultsTest {

  /** The SDK compares the checksum with that of what it sent. */
  private static final String CONFIRMED =
      "{\"MessageId\":\"m-1\",\"MD5OfMessageBody\":\"5d41402abc4b2a76b9719d911017c592\"}";

  /** Sends what it is given to a queue, and says how much time it has left. */
  public static class Sender extends FunctionHandler<String, Integer> {
    @Override
    protected Integer handle(String text, Context context) {
      SqsClient sqs = FunctionRuntime.current().part(SqsClient.class).orElseThrow();
      sqs.sendMessage(message -> message.queueUrl("http://localhost/1/orders").messageBody(text));
      return context.getRemainingTimeInMillis();
    }
  }

  private static TestFunction sender(Functions functions, Aws aws) {
    aws.serve("sqs", request -> AwsAnswer.json(200, CONFIRMED));
    return functions
        .timeout(ofSeconds(10))
        .with(SqsClient.class, aws.client(SqsClient.builder()))
        .function(Sender.class);
  }

  // region faults
  @Test
  void throttling_is_outlived_by_the_retries_of_the_sdk(Functions functions, Aws aws) {
    TestFunction sender = sender(functions, aws);
    aws.on("sqs", "SendMessage").throttle(2).then().latency(ofMillis(800)).then().pass();

    TestResponse response = sender.invoke("hello");

    assertThat(response.error()).isEmpty();
    assertThat(aws.requests("sqs", "SendMessage"))
        .extracting(AwsCall::outcome)
        .containsExactly("throttle: 400", "throttle: 400", "latency PT0.8S: 200");
    assertThat(response.as(Integer.class)).isEqualTo(10_000 - 500 - 1_000 - 800);
  }

  // endregion

  @Test
  void credentials_that_expired_fail_the_invocation_at_once(Functions functions, Aws aws) {
    TestFunction sender = sender(functions, aws);
    aws.on("sqs").expiredCredentials();

    assertThat(sender.invoke("hello").error())
        .hasValueSatisfying(error -> assertThat(error.message()).contains("token", "expired"));
    assertThat(aws.requests()).hasSize(1);
  }

  @Test
  void requests_are_told_apart_by_their_invocation(Functions functions, Aws aws) {
    TestFunction sender = sender(functions, aws);
    List<String> invocations =
        List.of(sender.invoke("hello").requestId(), sender.invoke("hello").requestId());

    assertThat(aws.requests()).extracting(AwsCall::requestId).isEqualTo(invocations);
  }
}
