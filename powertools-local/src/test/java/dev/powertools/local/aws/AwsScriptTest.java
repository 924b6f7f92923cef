// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;

class AwsScriptTest {

  private static final PutItemRequest PUT =
      PutItemRequest.builder()
          .tableName("orders")
          .item(Map.of("id", AttributeValue.fromS("1")))
          .build();

  private final VirtualClock clock = VirtualClock.start();
  private final Aws aws = Aws.start(clock).serve("dynamodb", request -> AwsAnswer.json(200, "{}"));
  private final DynamoDbClient dynamo = aws.client(DynamoDbClient.builder());

  private List<String> outcomes() {
    return aws.requests().stream().map(AwsCall::outcome).toList();
  }

  private Duration passed() {
    return Duration.ofNanos(clock.nanoTime());
  }

  @Nested
  class Under_the_retries_of_the_sdk {

    @Test
    void steps_happen_in_order_and_then_requests_pass() {
      aws.on("dynamodb", "PutItem").throttle(2).then().latency(ofMillis(800)).then().pass();

      dynamo.putItem(PUT);
      dynamo.putItem(PUT);

      assertThat(outcomes())
          .containsExactly("throttle: 400", "throttle: 400", "latency PT0.8S: 200", "200");
      assertThat(aws.requests()).extracting(AwsCall::attempt).containsExactly(1, 2, 3, 1);
      aws.verify();
    }

    @Test
    void the_backoff_moves_the_clock_and_repeats_exactly() {
      aws.on("dynamodb", "PutItem").throttle(2);

      dynamo.putItem(PUT);

      assertThat(passed()).isEqualTo(ofMillis(1500));
    }

    @Test
    void the_attempts_are_as_many_as_the_service_has_by_default() {
      aws.on("dynamodb").throttle().always();

      assertThatThrownBy(() -> dynamo.putItem(PUT))
          .isInstanceOf(ProvisionedThroughputExceededException.class)
          .isInstanceOfSatisfying(
              AwsServiceException.class, e -> assertThat(e.isThrottlingException()).isTrue());

      assertThat(aws.requests()).hasSize(9); // DynamoDB's own default
    }

    @Test
    void retries_of_the_users_own_keep_their_attempts_and_their_delays() {
      DynamoDbClient own =
          aws.client(
              DynamoDbClient.builder(),
              b ->
                  b.overrideConfiguration(
                      o ->
                          o.retryStrategy(
                              DefaultRetryStrategy.standardStrategyBuilder()
                                  .maxAttempts(2)
                                  .throttlingBackoffStrategy(
                                      BackoffStrategy.fixedDelayWithoutJitter(ofSeconds(7)))
                                  .build())));
      aws.on("dynamodb").throttle().always();

      assertThatThrownBy(() -> own.putItem(PUT))
          .isInstanceOf(ProvisionedThroughputExceededException.class);

      assertThat(aws.requests()).hasSize(2);
      assertThat(passed()).isEqualTo(ofSeconds(7));
    }

    @Test
    void a_dropped_connection_and_a_lost_response_differ_in_what_the_service_did() {
      aws.on("dynamodb", "PutItem").drop().then().loseResponse();
      int[] done = new int[1];
      aws.serve(
          "dynamodb",
          request -> {
            done[0]++;
            return AwsAnswer.json(200, "{}");
          });

      dynamo.putItem(PUT);

      assertThat(outcomes()).containsExactly("drop", "loseResponse", "200");
      assertThat(done[0]).isEqualTo(2);
    }
  }

  @Nested
  class Errors_are_typed_as_in_production {

    @Test
    void of_the_json_protocol() {
      aws.on("dynamodb", "PutItem").error(400, "ConditionalCheckFailedException", "no");
      aws.on("dynamodb", "PutItem").expiredCredentials().then().accessDenied();

      assertThatThrownBy(() -> dynamo.putItem(PUT))
          .isInstanceOf(ConditionalCheckFailedException.class)
          .hasMessageContaining("no");
      assertThatThrownBy(() -> dynamo.putItem(PUT))
          .isInstanceOfSatisfying(DynamoDbException.class, code("ExpiredTokenException"));
      assertThatThrownBy(() -> dynamo.putItem(PUT))
          .isInstanceOfSatisfying(DynamoDbException.class, code("AccessDeniedException"))
          .hasMessageContaining("not authorized to perform: dynamodb:PutItem");
      assertThat(aws.requests()).hasSize(3);
    }

    @Test
    void with_the_item_that_a_condition_refused() {
      aws.on("dynamodb", "PutItem")
          .answer(
              AwsAnswer.json(
                  400,
                  "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                      + "\"message\":\"no\",\"Item\":{\"id\":{\"S\":\"1\"}}}"));

      assertThatThrownBy(() -> dynamo.putItem(PUT))
          .isInstanceOfSatisfying(
              ConditionalCheckFailedException.class,
              e -> assertThat(e.item()).containsEntry("id", AttributeValue.fromS("1")));
    }

    @Test
    void of_sqs_with_the_code_of_its_query_protocol() {
      SqsClient sqs = aws.client(SqsClient.builder());
      aws.on("sqs").error(400, "QueueDoesNotExist", "no such queue").then().throttle().always();

      assertThatThrownBy(() -> sqs.getQueueUrl(q -> q.queueName("x")))
          .isInstanceOf(QueueDoesNotExistException.class);
      assertThatThrownBy(() -> sqs.getQueueUrl(q -> q.queueName("x")))
          .isInstanceOfSatisfying(
              AwsServiceException.class, e -> assertThat(e.isThrottlingException()).isTrue());
    }

    @Test
    void of_the_query_protocol() {
      StsClient sts = aws.client(StsClient.builder());
      aws.on("sts", "GetCallerIdentity").throttle().then().error(500).then().expiredCredentials();
      aws.on("sts", "GetCallerIdentity")
          .answer(
              "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>"
                  + "</GetCallerIdentityResult></GetCallerIdentityResponse>");

      assertThatThrownBy(sts::getCallerIdentity)
          .isInstanceOfSatisfying(AwsServiceException.class, code("ExpiredToken"));
      assertThat(outcomes())
          .containsExactly("throttle: 400", "error: 500", "expiredCredentials: 403");
      assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
    }

    @Test
    void of_s3_in_its_xml() {
      S3Client s3 = aws.client(S3Client.builder());
      aws.on("s3", "GetObject").throttle().then().error(404, "NoSuchKey", "<gone> & away");
      aws.on("s3", "HeadObject").error(404, "NotFound", "no body here");

      assertThatThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket("shop").key("a/b")))
          .isInstanceOf(software.amazon.awssdk.services.s3.model.NoSuchKeyException.class)
          .hasMessageContaining("<gone> & away");
      assertThatThrownBy(() -> s3.headObject(g -> g.bucket("shop").key("a/b")))
          .isInstanceOf(software.amazon.awssdk.services.s3.model.NoSuchKeyException.class);
      assertThat(outcomes()).containsExactly("throttle: 503", "error: 404", "error: 404");
    }

    @Test
    void a_broken_answer_can_not_be_read() {
      aws.on("dynamodb", "GetItem").malformed().always();

      assertThatThrownBy(
              () ->
                  dynamo.getItem(
                      g -> g.tableName("orders").key(Map.of("id", AttributeValue.fromS("1")))))
          .isInstanceOf(SdkClientException.class)
          .hasMessageContaining("unmarshall");
    }

    private <E extends AwsServiceException> java.util.function.Consumer<E> code(String expected) {
      return e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(expected);
    }
  }

  @Nested
  class Time_is_the_tests {

    @Test
    void who_hangs_is_ended_by_the_timeout_of_the_http_client() {
      aws.readTimeout(ofSeconds(2));
      DynamoDbClient quick = aws.client(DynamoDbClient.builder());
      aws.on("dynamodb").hang();

      quick.putItem(PUT);

      assertThat(outcomes()).containsExactly("hang", "200");
      assertThat(passed()).isEqualTo(ofSeconds(2).plusMillis(100));
    }

    @Test
    void latency_past_the_timeout_is_no_answer() {
      aws.on("dynamodb").latency(ofSeconds(31));

      dynamo.putItem(PUT);

      assertThat(outcomes()).containsExactly("latency PT31S", "200");
      assertThat(passed()).isEqualTo(ofSeconds(30).plusMillis(100));
    }

    @Test
    void the_sdks_timeout_of_an_attempt_is_on_it() {
      DynamoDbClient limited = limited(o -> o.apiCallAttemptTimeout(ofMillis(700)));
      aws.on("dynamodb").hang();

      limited.putItem(PUT);

      assertThat(outcomes()).containsExactly("hang", "200");
      assertThat(passed()).isEqualTo(ofMillis(800));
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(clock.nextPlan()).as("timers left behind").isEmpty();
    }

    @Test
    void when_all_attempts_time_out_the_sdks_own_exception_says_so() {
      DynamoDbClient limited = limited(o -> o.apiCallAttemptTimeout(ofMillis(700)));
      aws.on("dynamodb").hang().always();

      assertThatThrownBy(() -> limited.putItem(PUT))
          .isInstanceOf(ApiCallAttemptTimeoutException.class);
    }

    @Test
    void the_sdks_timeout_of_a_call_is_on_it() {
      DynamoDbClient limited = limited(o -> o.apiCallTimeout(ofMillis(1700)));
      aws.on("dynamodb").throttle().always();

      assertThatThrownBy(() -> limited.putItem(PUT)).isInstanceOf(ApiCallTimeoutException.class);

      assertThat(aws.requests()).hasSize(3); // at 0, 500 and 1500 ms
      assertThat(passed()).isEqualTo(ofMillis(1700));
      assertThat(Thread.interrupted()).isFalse();
    }

    private DynamoDbClient limited(
        java.util.function.Consumer<ClientOverrideConfiguration.Builder> how) {
      return aws.client(DynamoDbClient.builder(), b -> b.overrideConfiguration(how));
    }
  }

  @Nested
  class Of_an_asynchronous_client {

    private final DynamoDbAsyncClient async =
        aws.client(
            DynamoDbAsyncClient.builder(),
            b -> b.overrideConfiguration(o -> o.apiCallAttemptTimeout(ofMillis(700))));

    @Test
    void all_faults_happen_and_take_no_time() {
      aws.on("dynamodb", "PutItem")
          .throttle()
          .then()
          .drop()
          .then()
          .latency(ofMillis(300))
          .then()
          .hang()
          .then()
          .error(503);

      async.putItem(PUT).join();
      async.putItem(PUT).join();

      assertThat(outcomes())
          .containsExactly(
              "throttle: 400", "drop", "latency PT0.3S: 200", "hang", "error: 503", "200");
      assertThat(passed()).isEqualTo(ofSeconds(2));
    }

    @Test
    void errors_are_typed() {
      aws.on("dynamodb", "PutItem").error(400, "ConditionalCheckFailedException", "no");

      assertThatThrownBy(() -> async.putItem(PUT).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ConditionalCheckFailedException.class);
    }
  }

  @Nested
  class Scripts {

    @Test
    void of_one_request_come_one_after_the_other() {
      aws.on("*").error(500);
      aws.on("dynamodb", "putitem").error(503);

      dynamo.putItem(PUT);

      assertThat(outcomes()).containsExactly("error: 500", "error: 503", "200");
    }

    @Test
    void are_consumed_once_however_many_threads_there_are() throws Exception {
      aws.on("dynamodb", "PutItem").error(400, "ConditionalCheckFailedException", "no").times(40);
      var threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<?>> puts =
            IntStream.range(0, 100)
                .<Future<?>>mapToObj(i -> threads.submit(() -> putIgnoring()))
                .toList();
        for (Future<?> put : puts) {
          put.get();
        }
      } finally {
        threads.shutdown();
      }

      assertThat(outcomes()).hasSize(100).filteredOn("error: 400"::equals).hasSize(40);
    }

    private void putIgnoring() {
      try {
        dynamo.putItem(PUT);
      } catch (ConditionalCheckFailedException e) {
        // scripted
      }
    }

    @Test
    void that_never_happen_fail_the_test_with_what_was_seen() {
      aws.on("dynamodb", "PutIem").throttle(2);
      aws.on("dynamodb", "PutItem")
          .throttle()
          .then()
          .latency(ofMillis(1))
          .then()
          .hang()
          .then()
          .pass();
      aws.on("sqs");
      dynamo.putItem(PUT);

      assertThatThrownBy(aws::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("aws.on(\"dynamodb\", \"PutIem\"): throttle")
          .hasMessageContaining("aws.on(\"dynamodb\", \"PutItem\"): hang")
          .hasMessageContaining("aws.on(\"sqs\"): no step at all")
          .hasMessageContaining("Seen: dynamodb.PutItem")
          .hasMessageNotContaining(": latency");
    }

    @Test
    void that_are_optional_need_not_happen() {
      aws.on("dynamodb", "Scan").throttle().optional();

      assertThatCode(aws::close).doesNotThrowAnyException();
    }

    @Test
    void that_make_no_sense_are_refused() {
      assertThatThrownBy(() -> aws.on("s3").times(2)).hasMessageContaining("what happens before");
      assertThatThrownBy(() -> aws.on("s3").drop().times(0)).hasMessageContaining("at least once");
      assertThatThrownBy(() -> aws.on("s3").drop().always().then().pass())
          .hasMessageContaining("after always()");
      assertThatThrownBy(() -> aws.on("s3").error(400)).hasMessageContaining("error(400, code");
      assertThatThrownBy(() -> aws.on("s3").error(200, "Fine", "")).hasMessageContaining("200");
      assertThatThrownBy(() -> aws.on("s3").latency(ofMillis(-1))).hasMessageContaining("negative");
    }
  }
}
