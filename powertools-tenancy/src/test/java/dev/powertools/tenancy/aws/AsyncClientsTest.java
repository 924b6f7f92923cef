// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.tenancy.aws.Wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.waiters.WaiterResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.paginators.QueryPublisher;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;

class AsyncClientsTest {

  private final Acting acting = new Acting();
  private final AsyncWire network = new AsyncWire(acting.wire);

  private TenantClients<DynamoDbAsyncClient> tables(DynamoDbAsyncClientBuilder builder) {
    return acting.clients(() -> builder).httpClient(network).build();
  }

  private final TenantClients<DynamoDbAsyncClient> tables = tables(DynamoDbAsyncClient.builder());

  private static CompletableFuture<GetItemResponse> get(DynamoDbAsyncClient client, String pk) {
    return client.getItem(r -> r.tableName("orders").key(key(pk)));
  }

  private static Throwable rootOf(CompletableFuture<?> call) {
    Throwable failure = catchThrowable(call::join);
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }

  @Nested
  class A_call {

    @Test
    void that_is_the_tenants_is_sent() {
      acting.as("acme", () -> get(tables.current(), "acme#1").join());

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(acting.wire.sent().get(0).body()).contains("acme#1");
    }

    @Test
    void that_is_not_fails_its_future_and_nothing_is_sent() {
      Throwable failure = acting.as("acme", () -> rootOf(get(tables.current(), "globex#1")));

      assertThat(failure)
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("fake.key");
      assertThat(acting.wire.sent()).isEmpty();
    }

    @Test
    void whose_answer_is_anothers_fails_its_future() {
      acting.wire.answering(each -> new Answer(200, "{\"Item\":{\"pk\":{\"S\":\"globex#1\"}}}"));

      assertThat(acting.as("acme", () -> rootOf(get(tables.current(), "acme#1"))))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("fake.response");
    }

    @Test
    void may_be_retried() {
      acting.wire.answering(each -> new Answer(acting.wire.sent().size() == 1 ? 503 : 200, "{}"));

      acting.as("acme", () -> get(tables.current(), "acme#1").join());

      assertThat(acting.wire.sent()).hasSize(2);
    }

    @Test
    void whose_guard_a_plugin_took_away_is_not_sent() {
      Throwable failure =
          acting.as(
              "acme",
              () ->
                  rootOf(
                      tables
                          .current()
                          .getItem(
                              r ->
                                  r.tableName("orders")
                                      .key(key("acme#1"))
                                      .overrideConfiguration(
                                          c -> c.addPlugin(Stripping.allButTheSdks())))));

      assertThat(failure).isInstanceOf(SecurityException.class);
      assertThat(acting.wire.sent()).isEmpty();
    }

    @Test
    void whose_body_an_interceptor_replaces_is_not_sent() {
      ExecutionInterceptor replacing =
          new ExecutionInterceptor() {
            @Override
            public Optional<AsyncRequestBody> modifyAsyncHttpContent(
                Context.ModifyHttpRequest call, ExecutionAttributes facts) {
              return Optional.of(AsyncRequestBody.fromString("{}"));
            }
          };
      TenantClients<DynamoDbAsyncClient> replaced =
          tables(
              DynamoDbAsyncClient.builder()
                  .overrideConfiguration(c -> c.addExecutionInterceptor(replacing)));

      assertThat(acting.as("acme", () -> rootOf(get(replaced.current(), "acme#1"))))
          .hasMessageContaining("the body");
      assertThat(acting.wire.sent()).isEmpty();
    }
  }

  @Nested
  class Pages {

    private final String page = "{\"Items\":[],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"acme#9\"}}}";

    @Test
    void that_the_sdks_threads_fetch_are_the_tenants() {
      CompletableFuture<Void> subscribed = new CompletableFuture<>(); // before the first answer
      acting.wire.answering(
          each -> {
            subscribed.join();
            return new Answer(200, acting.wire.sent().size() < 3 ? page : "{\"Items\":[]}");
          });
      List<String> threads = new CopyOnWriteArrayList<>();

      acting.as(
          "acme",
          () -> {
            QueryPublisher pages =
                tables.current().queryPaginator(r -> r.tableName("orders").indexName("i"));
            CompletableFuture<Void> all =
                pages.subscribe(each -> threads.add(Thread.currentThread().getName()));
            subscribed.complete(null);
            all.join();
          });

      assertThat(acting.wire.sent()).hasSize(3);
      assertThat(threads).hasSize(3).doesNotContain(Thread.currentThread().getName());
    }

    @Test
    void that_are_fetched_when_the_work_has_ended_are_denied() {
      acting.wire.answering(each -> new Answer(200, page));

      QueryPublisher pages =
          acting.as(
              "acme",
              () -> tables.current().queryPaginator(r -> r.tableName("orders").indexName("i")));

      assertThat(rootOf(pages.subscribe(each -> {}))).hasMessageContaining("closed");
      assertThat(acting.wire.sent()).isEmpty();
    }
  }

  @Test
  void a_waiter_asks_as_the_tenant() {
    acting.wire.answering(each -> new Answer(200, "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}"));

    WaiterResponse<DescribeTableResponse> waited =
        acting.as(
            "acme",
            () ->
                tables.current().waiter().waitUntilTableExists(r -> r.tableName("orders")).join());

    assertThat(waited.matched().response()).isPresent();
  }

  @Nested
  class A_multipart_upload {

    private final TenantClients<S3AsyncClient> objects =
        acting
            .<S3AsyncClientBuilder, S3AsyncClient>clients(
                () -> S3AsyncClient.builder().multipartEnabled(true))
            .httpClient(network)
            .build();

    private final AsyncRequestBody large = AsyncRequestBody.fromBytes(new byte[11 << 20]);

    @Test
    void is_the_tenants_in_each_part() {
      acting.wire.answering(
          each -> new Answer(200, answer(each.request().rawQueryParameters().keySet().toString())));

      acting.as(
          "acme",
          () -> objects.current().putObject(r -> r.bucket("shared").key("acme/x"), large).join());

      assertThat(acting.wire.sent())
          .extracting(each -> each.request().method() + " " + each.request().rawQueryParameters())
          .containsExactlyInAnyOrder(
              "POST {uploads=[null]}",
              "PUT {partNumber=[1], uploadId=[u1]}",
              "PUT {partNumber=[2], uploadId=[u1]}",
              "POST {uploadId=[u1]}");
      assertThat(acting.wire.sent())
          .allSatisfy(
              each ->
                  assertThat(each.request().host())
                      .isEqualTo("shared.s3.eu-central-1.amazonaws.com"));
    }

    private String answer(String query) {
      if (query.contains("uploads")) {
        return "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
            + "</InitiateMultipartUploadResult>";
      }
      return query.contains("partNumber")
          ? ""
          : "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
    }
  }

  @Nested
  class Messages_that_are_sent_in_batches {

    private static final String URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs";

    private final TenantClients<SqsAsyncClient> queues =
        acting.clients(SqsAsyncClient::builder).httpClient(network).build();

    @Test
    void are_sent_as_the_tenants_on_the_sdks_own_threads() {
      acting.wire.answering(
          each ->
              new Answer(
                  200,
                  "{\"Successful\":[{\"Id\":\"0\",\"MessageId\":\"m\",\"MD5OfMessageBody\":"
                      + "\"49f68a5c8493ec2c0bf489821c21fc3b\"}]}"));

      acting.as(
          "acme",
          () -> {
            try (SqsAsyncBatchManager batches = queues.current().batchManager()) {
              return batches.sendMessage(m -> m.queueUrl(URL).messageBody("hi")).join();
            }
          });

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(acting.rules.asked).contains("check SendMessageBatch");
    }

    @Test
    void are_not_sent_when_the_work_has_ended() {
      CompletableFuture<?> sent =
          acting.as(
              "acme",
              () ->
                  queues
                      .current()
                      .batchManager()
                      .sendMessage(m -> m.queueUrl(URL).messageBody("hi")));

      assertThat(rootOf(sent)).hasMessageContaining("closed");
      assertThat(acting.wire.sent()).isEmpty();
    }
  }

  @Test
  void a_call_that_is_cancelled_leaves_nothing_approved() {
    CountDownLatch answered = new CountDownLatch(1);
    acting.wire.answering(
        each -> {
          await(answered);
          return new Answer(200, "{}");
        });

    List<CompletableFuture<?>> calls = new ArrayList<>();
    acting.as(
        "acme",
        () -> {
          for (int i = 0; i < 8; i++) {
            calls.add(get(tables.current(), "acme#1"));
          }
        });
    calls.forEach(call -> call.cancel(true));
    answered.countDown();

    assertThat(tables.approvals()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
