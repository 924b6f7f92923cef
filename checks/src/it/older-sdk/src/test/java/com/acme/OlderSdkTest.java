// SPDX-License-Identifier: Apache-2.0
package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.Wire.Sent;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.aws.TenantCallDeniedException;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class OlderSdkTest {

  private static final Tenancy ACME =
      Tenancy.of(TenantSource.of("fixed", Trust.VERIFIED, work -> Optional.of("acme")));

  /** Clients of tenants, and what they send. */
  private static final class Service<C extends SdkClient> {

    private final Wire wire;
    private final TenantClients<C> clients;

    <B extends AwsClientBuilder<B, C>> Service(Supplier<B> builder, String answer) {
      wire = new Wire(answer);
      clients = TenantClients.builder(Isolation.class, builder).httpClient(wire).build();
    }

    /** Calls as acme, and tells what was sent. */
    Sent call(Consumer<C> call) {
      ACME.call(
          null,
          null,
          () -> {
            call.accept(clients.current());
            return "";
          });
      assertEquals(1, wire.sent.size());
      return wire.sent.get(0);
    }

    /** Calls as acme, which must fail with nothing sent. */
    <X extends Throwable> X refused(Class<X> type, Consumer<C> call) {
      X refused = assertThrows(type, () -> call(call));
      assertEquals(List.of(), wire.sent);
      return refused;
    }

    void denied(String rule, Consumer<C> call) {
      assertEquals(rule, refused(TenantCallDeniedException.class, call).rule());
    }
  }

  private static Map<String, AttributeValue> key(String pk) {
    return Map.of("pk", AttributeValue.fromS(pk));
  }

  @Test
  void the_sdk_is_of_the_older_line() {
    assertEquals("2.41.28", VersionInfo.SDK_VERSION);
    for (Class<?> each : List.of(DynamoDbClient.class, SqsClient.class, SnsClient.class)) {
      String jar = each.getProtectionDomain().getCodeSource().getLocation().toString();
      assertTrue(jar.contains("2.41.28"), jar);
    }
  }

  @Nested
  class DynamoDb {

    private final Service<DynamoDbClient> tables = of(DynamoDbClient::builder);

    private Service<DynamoDbClient> of(Supplier<DynamoDbClientBuilder> builder) {
      return new Service<>(builder, "{}");
    }

    @Test
    void gives_the_tenants_items() {
      Sent sent =
          tables.call(db -> db.getItem(r -> r.tableName("orders").key(key("TENANT#acme#1"))));
      assertEquals("DynamoDB_20120810.GetItem", sent.header("X-Amz-Target"));
    }

    @Test
    void is_not_scanned() {
      tables.denied("dynamodb.operation", db -> db.scan(r -> r.tableName("orders")));
    }

    @Test
    void is_not_asked_for_another_tenants_items() {
      tables.denied(
          "dynamodb.condition",
          db ->
              db.query(
                  r ->
                      r.tableName("orders")
                          .keyConditionExpression("pk = :pk")
                          .expressionAttributeValues(
                              Map.of(":pk", AttributeValue.fromS("TENANT#globex#1")))));
    }

    @Test
    void is_not_reached_by_a_request_that_takes_the_guard_away() {
      tables.refused(
          SecurityException.class,
          db -> db.getItem(get(without(each -> each.endsWith(".GuardInterceptor")))));
    }

    @Test
    void is_not_reached_by_a_request_that_takes_all_but_the_sdks_own_interceptors_away() {
      tables.refused(
          SecurityException.class,
          db -> db.getItem(get(without(each -> !each.startsWith("software.amazon.awssdk.")))));
    }

    /** This line of the SDK signs by an interceptor, so it fails by itself. */
    @Test
    void is_not_reached_by_a_request_that_takes_all_interceptors_away() {
      tables.refused(RuntimeException.class, db -> db.getItem(get(without(each -> true))));
    }

    private GetItemRequest get(SdkPlugin plugin) {
      return GetItemRequest.builder()
          .tableName("orders")
          .key(key("TENANT#globex#1"))
          .overrideConfiguration(c -> c.addPlugin(plugin))
          .build();
    }

    private static SdkPlugin without(Predicate<String> taken) {
      return client -> {
        List<ExecutionInterceptor> kept =
            client.overrideConfiguration().executionInterceptors().stream()
                .filter(each -> !taken.test(each.getClass().getName()))
                .toList();
        client.overrideConfiguration(
            client.overrideConfiguration().toBuilder().executionInterceptors(kept).build());
      };
    }

    @Test
    void is_not_asked_for_another_operation_than_was_checked() {
      ExecutionInterceptor swapping =
          new ExecutionInterceptor() {
            @Override
            public SdkHttpRequest modifyHttpRequest(
                Context.ModifyHttpRequest call, ExecutionAttributes attributes) {
              return call.httpRequest().toBuilder()
                  .putHeader("X-Amz-Target", "DynamoDB_20120810.Scan")
                  .build();
            }
          };
      of(() ->
              DynamoDbClient.builder()
                  .overrideConfiguration(c -> c.addExecutionInterceptor(swapping)))
          .denied("wire", db -> db.getItem(r -> r.tableName("orders").key(key("TENANT#acme#1"))));
    }

    @Test
    void is_not_reached_by_a_client_that_is_bound_to_no_tenant() {
      try (DynamoDbClient unbound = DynamoDbClient.builder().httpClient(tables.wire).build()) {
        tables.denied(
            "unbound",
            db -> unbound.getItem(r -> r.tableName("orders").key(key("TENANT#acme#1"))));
      }
    }
  }

  @Nested
  class S3 {

    private final Service<S3Client> files = new Service<>(S3Client::builder, "");

    @Test
    void gives_the_tenants_objects() {
      Sent sent =
          files.call(s3 -> s3.getObjectAsBytes(r -> r.bucket("shared").key("tenants/acme/a")));
      assertEquals("/tenants/acme/a", sent.request().encodedPath());
    }

    @Test
    void takes_the_tenants_objects() {
      Sent sent =
          files.call(
              s3 ->
                  s3.putObject(
                      r -> r.bucket("shared").key("tenants/acme/a"), RequestBody.fromString("hi")));
      assertTrue(sent.body().contains("hi"), sent.body());
    }

    @Test
    void gives_no_objects_of_another_tenants() {
      files.denied(
          "s3.key",
          s3 -> s3.getObjectAsBytes(r -> r.bucket("shared").key("tenants/globex/a")));
    }
  }

  @Nested
  class Sqs {

    private static final String QUEUES = "https://sqs.eu-central-1.amazonaws.com/123456789012/";

    private final Service<SqsClient> queues =
        new Service<>(() -> SqsClient.builder().checksumValidationEnabled(false), "{}");

    @Test
    void takes_messages_in_a_signed_envelope() {
      Sent sent =
          queues.call(sqs -> sqs.sendMessage(r -> r.queueUrl(QUEUES + "jobs").messageBody("hi")));
      assertTrue(sent.body().contains("\"pt.tenant\""), sent.body());
      assertTrue(sent.body().contains("\"MessageGroupId\":\"acme\""), sent.body());
    }

    @Test
    void has_other_queues_that_take_none() {
      queues.denied(
          "sqs.queue",
          sqs -> sqs.sendMessage(r -> r.queueUrl(QUEUES + "other").messageBody("hi")));
    }
  }

  @Nested
  class Sns {

    private static final String TOPICS = "arn:aws:sns:eu-central-1:123456789012:";

    private final Service<SnsClient> topics =
        new Service<>(
            SnsClient::builder,
            "<PublishResponse><PublishResult/></PublishResponse>");

    @Test
    void publishes_to_a_declared_topic_in_a_signed_envelope() {
      Sent sent = topics.call(sns -> sns.publish(r -> r.topicArn(TOPICS + "news").message("hi")));
      assertTrue(sent.body().contains("pt.tenant"), sent.body());
    }

    @Test
    void publishes_to_no_other_topic() {
      topics.denied(
          "sns.topic", sns -> sns.publish(r -> r.topicArn(TOPICS + "other").message("hi")));
    }
  }

  @Nested
  class EventBridge {

    private final Service<EventBridgeClient> buses =
        new Service<>(EventBridgeClient::builder, "{}");

    private static void put(EventBridgeClient bus, String detail) {
      bus.putEvents(
          r -> r.entries(e -> e.eventBusName("orders").source("shop").detail(detail)));
    }

    @Test
    void takes_events_with_the_tenant_in_their_detail() {
      Sent sent = buses.call(bus -> put(bus, "{\"order\":1}"));
      assertTrue(
          sent.body().contains("{\\\"tenantId\\\":\\\"acme\\\",\\\"order\\\":1}"), sent.body());
    }

    @Test
    void takes_no_events_of_another_tenants() {
      buses.denied("eventbridge.detail", bus -> put(bus, "{\"tenantId\":\"globex\"}"));
    }
  }

  @Nested
  class Lambda {

    private final Service<LambdaClient> functions = new Service<>(LambdaClient::builder, "{}");

    @Test
    void runs_a_function_for_the_tenant() {
      Sent sent =
          functions.call(
              lambda ->
                  lambda.invoke(
                      r -> r.functionName("report").payload(SdkBytes.fromUtf8String("{}"))));
      assertEquals("acme", sent.header("X-Amz-Tenant-Id"));
    }

    @Test
    void runs_no_function_for_another_tenant() {
      functions.denied(
          "lambda.tenant",
          lambda -> lambda.invoke(r -> r.functionName("report").tenantId("globex")));
    }
  }
}
