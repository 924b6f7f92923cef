// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.rules.HandMade.Kind;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.resource.TenantBus;
import dev.powertools.tenancy.resource.TenantFunction;
import dev.powertools.tenancy.resource.TenantKey;
import dev.powertools.tenancy.resource.TenantTopic;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Services whose modules are not here: requests have the members that theirs have. */
class OtherServicesTest {

  private static final String NEWS = "arn:aws:sns:eu-central-1:123456789012:news";

  @TenantTopic(name = NEWS)
  @TenantBus(name = "orders")
  @TenantBus(name = "arn:aws:events:eu-central-1:123456789012:event-bus/far")
  @TenantFunction(name = "resize", perTenant = true)
  @TenantFunction(name = "mail")
  @TenantKey(name = "alias/orders")
  @TenantKey(name = "alias/of-{tenant}")
  interface Isolation {}

  private static SdkHttpRequest.Builder post(String path) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(URI.create("https://service.eu-central-1.amazonaws.com" + path));
  }

  @Test
  void denies_services_without_rules() {
    Asking iam = Asking.of(Isolation.class, "Iam");
    HandMade request = Kind.of("UserName").builder().build();

    Asking.requireDenied(catchThrowable(() -> iam.passed(iam.call("GetUser", request))), "service");
  }

  @Nested
  class Sns {

    private final Asking sns = Asking.of(Isolation.class, "Sns");
    private final Kind attribute = Kind.of("DataType", "StringValue", "BinaryValue");
    private final Kind publish =
        Kind.of(
                "TopicArn",
                "TargetArn",
                "PhoneNumber",
                "Message",
                "Subject",
                "MessageStructure",
                "MessageDeduplicationId",
                "MessageGroupId")
            .map("MessageAttributes", attribute);
    private final Kind entry =
        Kind.of("Id", "Message", "Subject", "MessageStructure").map("MessageAttributes", attribute);
    private final Kind batch = Kind.of("TopicArn", "PublishBatchRequestEntries");

    private HandMade.Builder message() {
      return publish.builder().with("TopicArn", NEWS).with("Message", "{}");
    }

    private void requireSigned(HandMade message, String body) {
      HandMade envelope =
          (HandMade) ((Map<?, ?>) message.get("MessageAttributes")).get("pt.tenant");
      Work work =
          Work.of(
              FunctionRuntime.builder()
                  .part(EnvelopeKeys.class, EnvelopeKeys.of(EnvelopeKey.of("k1", new byte[32]))));

      assertThat(envelope.get("DataType")).isEqualTo("String");
      assertThat(
              work.inside(
                  () ->
                      TenantEnvelope.verify(
                          (String) envelope.get("StringValue"), new Message(NEWS, body))))
          .isEqualTo(Asking.ACME);
    }

    @Test
    void signs_what_is_published() {
      HandMade passed = (HandMade) sns.passed(sns.call("Publish", message().build()));

      requireSigned(passed, "{}");
      assertThat(passed.get("MessageGroupId")).isNull();
    }

    @Test
    void signs_each_of_a_batch() {
      HandMade request =
          batch
              .builder()
              .with("TopicArn", NEWS)
              .with(
                  "PublishBatchRequestEntries",
                  List.of(
                      entry.builder().with("Id", "1").with("Message", "one").build(),
                      entry.builder().with("Id", "2").with("Message", "two").build()))
              .build();

      HandMade passed = (HandMade) sns.passed(sns.call("PublishBatch", request));

      List<?> entries = (List<?>) passed.get("PublishBatchRequestEntries");
      requireSigned((HandMade) entries.get(0), "one");
      requireSigned((HandMade) entries.get(1), "two");
    }

    @ParameterizedTest
    @CsvSource({
      "TopicArn, arn:aws:sns:eu-central-1:123456789012:other, topic",
      "TopicArn, arn:aws:sns:eu-central-1:999999999999:news, topic",
      "TopicArn, arn:aws:sns:us-east-1:123456789012:news, topic",
      "TopicArn, news, topic",
      "PhoneNumber, +49, field",
      "TargetArn, arn:aws:sns:eu-central-1:123456789012:endpoint/x, field",
      "MessageStructure, json, field"
    })
    void denies(String member, String value, String rule) {
      HandMade request = message().with(member, value).build();

      Asking.requireDenied(
          catchThrowable(() -> sns.passed(sns.call("Publish", request))), "sns." + rule);
    }

    @Test
    void denies_other_operations() {
      HandMade request = Kind.of("TopicArn", "Protocol").builder().with("TopicArn", NEWS).build();

      Asking.requireDenied(
          catchThrowable(() -> sns.passed(sns.call("Subscribe", request))), "sns.operation");
    }

    @Test
    void denies_another_action_on_the_wire() {
      TenantCall call = sns.call("Publish", message().build());
      sns.rules().checkWire(call, post("/").build());
      sns.rules().checkWire(call, post("/").putRawQueryParameter("Action", "Publish").build());

      denied(call, post("/").putRawQueryParameter("Action", "Subscribe"));
      denied(call, post("/").putRawQueryParameter("Action", List.of("Publish", "Subscribe")));
      denied(call, post("/").putRawQueryParameter("TopicArn", "x"));
      denied(call, post("/other"));
      denied(call, post("/").method(SdkHttpMethod.GET));
    }

    private void denied(TenantCall call, SdkHttpRequest.Builder wire) {
      Asking.requireDenied(
          catchThrowable(() -> sns.rules().checkWire(call, wire.build())), "sns.wire");
    }
  }

  @Nested
  class EventBridge {

    private final Asking events = Asking.of(Isolation.class, "EventBridge");
    private final Kind put = Kind.of("Entries", "EndpointId");
    private final Kind entry =
        Kind.of("Time", "Source", "Resources", "DetailType", "Detail", "EventBusName");

    private TenantCall call(String bus, String detail) {
      HandMade.Builder made = entry.builder().with("EventBusName", bus);
      return events.call(
          "PutEvents",
          put.builder().with("Entries", List.of(made.with("Detail", detail).build())).build());
    }

    private String detail(String detail) {
      HandMade passed = (HandMade) events.passed(call("orders", detail));
      return (String) ((HandMade) ((List<?>) passed.get("Entries")).get(0)).get("Detail");
    }

    @Test
    void puts_the_tenant_into_the_detail_and_leaves_the_rest_as_it_is() {
      assertThat(detail("{\"n\":1.00}")).isEqualTo("{\"tenantId\":\"acme\",\"n\":1.00}");
      assertThat(detail(" { }")).isEqualTo(" {\"tenantId\":\"acme\" }");
      assertThat(detail("{\"tenantId\":\"acme\"}")).isEqualTo("{\"tenantId\":\"acme\"}");
    }

    @Test
    void takes_a_bus_by_its_declared_arn() {
      events.passed(call("arn:aws:events:eu-central-1:123456789012:event-bus/far", "{}"));
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '\'',
        delimiter = '|',
        value = {
          "orders | {\"tenantId\":\"globex\"} | detail",
          "orders | {\"tenantId\":null} | detail",
          "orders | {\"tenantId\":[\"acme\"]} | detail",
          "orders | {\"tenantId\":\"acme\",\"tenantId\":\"globex\"} | detail",
          "orders | {\"a\":1,\"a\":2} | detail",
          "orders | [] | detail",
          "orders | \"acme\" | detail",
          "orders | {} {} | detail",
          "orders | {\"pt.tenant\":\"x\"} | detail",
          "orders | not JSON | detail",
          "other | {} | bus",
          "arn:aws:events:eu-central-1:999999999999:event-bus/far | {} | bus",
          "arn:aws:events:eu-central-1:123456789012:rule/far | {} | bus"
        })
    void denies(String bus, String detail, String rule) {
      Asking.requireDenied(
          catchThrowable(() -> events.passed(call(bus, detail))), "eventbridge." + rule);
    }

    @Test
    void denies_the_default_bus_unless_it_is_declared_and_global_endpoints() {
      HandMade unnamed = entry.builder().with("Detail", "{}").build();
      HandMade endpoint =
          put.builder().with("Entries", List.of()).with("EndpointId", "abc.xyz").build();

      Asking.requireDenied(
          catchThrowable(
              () ->
                  events.passed(
                      events.call(
                          "PutEvents", put.builder().with("Entries", List.of(unnamed)).build()))),
          "eventbridge.bus");
      Asking.requireDenied(
          catchThrowable(() -> events.passed(events.call("PutEvents", endpoint))),
          "eventbridge.field");
    }
  }

  @Nested
  class Lambda {

    private final Asking lambda = Asking.of(Isolation.class, "Lambda");
    private final Kind invoke =
        Kind.of(
            "FunctionName",
            "InvocationType",
            "LogType",
            "ClientContext",
            "DurableExecutionName",
            "Payload",
            "Qualifier",
            "TenantId");

    private HandMade.Builder of(String function) {
      return invoke.builder().with("FunctionName", function);
    }

    private HandMade passed(HandMade.Builder request) {
      return (HandMade) lambda.passed(lambda.call("Invoke", request.build()));
    }

    @Test
    void names_the_tenant_to_functions_per_tenant_only() {
      assertThat(passed(of("resize")).get("TenantId")).isEqualTo("acme");
      assertThat(passed(of("resize").with("TenantId", "acme")).get("TenantId")).isEqualTo("acme");
      assertThat(passed(of("mail").with("Qualifier", "LIVE")).get("TenantId")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
      "resize, TenantId, globex, tenant",
      "mail, TenantId, acme, tenant",
      "resize, DurableExecutionName, x, field",
      "other, LogType, None, function",
      "resize:LIVE, LogType, None, function",
      "arn:aws:lambda:eu-central-1:999999999999:function:resize, LogType, None, function"
    })
    void denies(String function, String member, String value, String rule) {
      Asking.requireDenied(
          catchThrowable(() -> passed(of(function).with(member, value))), "lambda." + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvokeAsync", "UpdateFunctionCode", "CreateFunction"})
    void denies_other_operations(String operation) {
      Asking.requireDenied(
          catchThrowable(() -> lambda.passed(lambda.call(operation, of("mail").build()))),
          "lambda.operation");
    }

    @Test
    void denies_an_sdk_that_does_not_know_tenants() {
      HandMade old = Kind.of("FunctionName").builder().with("FunctionName", "resize").build();

      Asking.requireDenied(
          catchThrowable(() -> lambda.passed(lambda.call("Invoke", old))), "lambda.tenant");
    }

    @Test
    void denies_another_function_or_tenant_on_the_wire() {
      TenantCall call =
          lambda.call(
              "Invoke", of("resize").with("TenantId", "acme").with("Qualifier", "2").build());
      String path = "/2015-03-31/functions/resize/invocations";
      lambda
          .rules()
          .checkWire(
              call,
              post(path)
                  .putHeader("X-Amz-Tenant-Id", "acme")
                  .putRawQueryParameter("Qualifier", "2")
                  .build());

      denied(call, tenant(post("/2015-03-31/functions/other/invocations"), "acme", "2"));
      denied(call, tenant(post(path), "globex", "2"));
      denied(call, tenant(post(path), "acme", "3"));
      denied(call, tenant(post(path), "acme", "2").removeHeader("X-Amz-Tenant-Id"));
      denied(call, tenant(post(path), "acme", "2").method(SdkHttpMethod.GET));
      denied(call, tenant(post(path), "acme", "2").appendHeader("x-amz-tenant-id", "globex"));
    }

    private SdkHttpRequest.Builder tenant(
        SdkHttpRequest.Builder wire, String tenant, String qualifier) {
      return wire.putHeader("X-Amz-Tenant-Id", tenant).putRawQueryParameter("Qualifier", qualifier);
    }

    private void denied(TenantCall call, SdkHttpRequest.Builder wire) {
      Asking.requireDenied(
          catchThrowable(() -> lambda.rules().checkWire(call, wire.build())), "lambda.wire");
    }
  }

  @Nested
  class Kms {

    private final Asking kms = Asking.of(Isolation.class, "Kms");
    private final Kind encrypt =
        Kind.of("KeyId", "Plaintext", "EncryptionContext", "GrantTokens", "EncryptionAlgorithm");
    private final Kind reEncrypt =
        Kind.of(
            "CiphertextBlob",
            "SourceKeyId",
            "SourceEncryptionContext",
            "DestinationKeyId",
            "DestinationEncryptionContext");

    private HandMade encrypted(HandMade.Builder request) {
      return (HandMade) kms.passed(kms.call("Encrypt", request.build()));
    }

    @Test
    void puts_the_tenant_into_the_encryption_context() {
      HandMade plain = encrypted(encrypt.builder().with("KeyId", "alias/orders"));
      HandMade more =
          encrypted(
              encrypt
                  .builder()
                  .with("KeyId", "alias/of-acme")
                  .with("EncryptionContext", Map.of("a", "b")));

      assertThat(plain.get("EncryptionContext")).isEqualTo(Map.of("tenant", "acme"));
      assertThat(more.get("EncryptionContext")).isEqualTo(Map.of("a", "b", "tenant", "acme"));
    }

    @Test
    void puts_it_into_both_contexts_of_what_is_encrypted_anew() {
      HandMade passed =
          (HandMade)
              kms.passed(
                  kms.call(
                      "ReEncrypt",
                      reEncrypt
                          .builder()
                          .with("SourceKeyId", "alias/orders")
                          .with("DestinationKeyId", "alias/of-acme")
                          .build()));

      assertThat(passed.get("SourceEncryptionContext")).isEqualTo(Map.of("tenant", "acme"));
      assertThat(passed.get("DestinationEncryptionContext")).isEqualTo(Map.of("tenant", "acme"));
    }

    @Test
    void denies_foreign_contexts_and_keys() {
      HandMade.Builder own = encrypt.builder().with("KeyId", "alias/orders");
      denied("Encrypt", own.with("EncryptionContext", Map.of("tenant", "globex")), "context");
      denied("Encrypt", encrypt.builder().with("KeyId", "alias/of-globex"), "key");
      denied("Encrypt", encrypt.builder(), "key");
      denied(
          "Encrypt",
          encrypt.builder().with("KeyId", "alias/orders").with("GrantTokens", List.of("x")),
          "field");
      denied(
          "ReEncrypt",
          reEncrypt
              .builder()
              .with("SourceKeyId", "alias/orders")
              .with("DestinationKeyId", "alias/orders")
              .with("SourceEncryptionContext", Map.of("tenant", "globex")),
          "context");
      denied("ReEncrypt", reEncrypt.builder().with("DestinationKeyId", "alias/orders"), "key");
      denied("ScheduleKeyDeletion", encrypt.builder().with("KeyId", "alias/orders"), "operation");
    }

    private void denied(String operation, HandMade.Builder request, String rule) {
      Asking.requireDenied(
          catchThrowable(() -> kms.passed(kms.call(operation, request.build()))), "kms." + rule);
    }
  }
}
