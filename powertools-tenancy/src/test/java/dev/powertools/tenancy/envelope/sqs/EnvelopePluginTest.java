// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.NoTenantException;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class EnvelopePluginTest {

  private static final String URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs";
  private static final String ARN = "arn:aws:sqs:eu-central-1:123456789012:jobs";

  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .part(EnvelopeKeys.class, EnvelopeKeys.of(EnvelopeKey.of("k1", new byte[32])))
          .build();
  private final Wire wire = new Wire();

  /** Sees the request as it would go out, and lets nothing out. */
  private static final class Wire implements ExecutionInterceptor, SdkHttpClient {
    private SdkRequest sent;

    @Override
    public void beforeTransmission(Context.BeforeTransmission call, ExecutionAttributes facts) {
      sent = call.request();
      throw new Stopped();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      throw new AssertionError("It goes out");
    }

    @Override
    public void close() {}
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private SqsClient client(EnvelopePlugin plugin, Region region) {
    return SqsClient.builder()
        .region(region)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(wire)
        .overrideConfiguration(c -> c.addExecutionInterceptor(wire))
        .addPlugin(plugin)
        .build();
  }

  private SdkRequest as(String tenant, Runnable send) {
    TenantSource source = TenantSource.of("test", Trust.VERIFIED, work -> Optional.of(tenant));
    try (var scope = Scope.of(runtime).attach()) {
      Tenancy.of(source)
          .call(
              null,
              null,
              () -> {
                assertThatThrownBy(send::run).isInstanceOf(Stopped.class);
                return null;
              });
    }
    return wire.sent;
  }

  private SendMessageRequest sent(EnvelopePlugin plugin, SendMessageRequest request) {
    return (SendMessageRequest)
        as("acme", () -> client(plugin, Region.EU_CENTRAL_1).sendMessage(request));
  }

  private static SendMessageRequest.Builder message() {
    return SendMessageRequest.builder().queueUrl(URL).messageBody("{}");
  }

  private TenantId verified(
      Map<String, MessageAttributeValue> attributes, String arn, String body) {
    try (var scope = Scope.of(runtime).attach()) {
      return TenantEnvelope.verify(
          attributes.get("pt.tenant").stringValue(), new Message(arn, body));
    }
  }

  @Nested
  class A_message {

    @Test
    void is_signed_for_the_tenant_in_force_and_its_group_is_the_tenant() {
      SendMessageRequest sent = sent(EnvelopePlugin.create(), message().build());

      assertThat(verified(sent.messageAttributes(), ARN, "{}")).isEqualTo(TenantId.of("acme"));
      assertThat(sent.messageGroupId()).isEqualTo("acme");
      assertThat(sent.messageAttributes().get("pt.tenant").dataType()).isEqualTo("String");
    }

    @Test
    void keeps_its_own_group_and_attributes() {
      SendMessageRequest sent =
          sent(
              EnvelopePlugin.create(),
              message().messageGroupId("mine").messageAttributes(attributes(9)).build());

      assertThat(sent.messageGroupId()).isEqualTo("mine");
      assertThat(sent.messageAttributes()).hasSize(10).containsKeys("a0", "a8");
    }

    @Test
    void of_a_fifo_queue_has_the_order_that_its_sender_says() {
      SendMessageRequest sent =
          sent(EnvelopePlugin.create(), message().queueUrl(URL + ".fifo").build());

      assertThat(sent.messageGroupId()).isNull();
      assertThat(verified(sent.messageAttributes(), ARN + ".fifo", "{}")).isNotNull();
    }

    @Test
    void has_no_group_if_that_is_not_wanted() {
      EnvelopePlugin plugin = EnvelopePlugin.create().withoutMessageGroups();

      assertThat(sent(plugin, message().build()).messageGroupId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
      "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/jobs, cn-north-1, aws-cn",
      "https://sqs.us-gov-west-1.amazonaws.com/123456789012/jobs, us-gov-west-1, aws-us-gov",
      "https://queue.amazonaws.com/123456789012/jobs, us-east-1, aws",
      "https://vpce-1.sqs.us-east-1.vpce.amazonaws.com/123456789012/jobs/, us-east-1, aws",
      "http://localhost:9324/123456789012/jobs, eu-west-1, aws"
    })
    void names_the_queue_as_its_receiver_knows_it(String url, String region, String partition) {
      assertThat(QueueArns.of(url, Region.of(region)))
          .isEqualTo("arn:" + partition + ":sqs:" + region + ":123456789012:jobs");
    }
  }

  @Test
  void each_entry_of_a_batch_is_signed_over_its_own_body() {
    SendMessageBatchRequest batch =
        SendMessageBatchRequest.builder()
            .queueUrl(URL)
            .entries(
                SendMessageBatchRequestEntry.builder().id("a").messageBody("1").build(),
                SendMessageBatchRequestEntry.builder().id("b").messageBody("2").build())
            .build();

    SendMessageBatchRequest sent =
        (SendMessageBatchRequest)
            as(
                "acme",
                () -> client(EnvelopePlugin.create(), Region.EU_CENTRAL_1).sendMessageBatch(batch));

    List<SendMessageBatchRequestEntry> entries = sent.entries();
    assertThat(entries).extracting(SendMessageBatchRequestEntry::id).containsExactly("a", "b");
    assertThat(entries)
        .allSatisfy(
            e -> {
              assertThat(verified(e.messageAttributes(), ARN, e.messageBody())).isNotNull();
              assertThat(e.messageGroupId()).isEqualTo("acme");
            });
  }

  @Nested
  class Nothing_is_sent {

    private void assertRefused(SendMessageRequest request, Class<?> type, String message) {
      TenantSource source = TenantSource.of("test", Trust.VERIFIED, work -> Optional.of("acme"));
      SqsClient client = client(EnvelopePlugin.create(), Region.EU_CENTRAL_1);
      try (var scope = Scope.of(runtime).attach()) {
        Tenancy.of(source)
            .call(
                null,
                null,
                () ->
                    assertThatThrownBy(() -> client.sendMessage(request))
                        .isInstanceOf(type)
                        .hasMessageContaining(message));
      }
      assertThat(wire.sent).isNull();
    }

    @Test
    void without_a_tenant() {
      SqsClient client = client(EnvelopePlugin.create(), Region.EU_CENTRAL_1);

      try (var scope = Scope.of(runtime).attach()) {
        assertThatThrownBy(() -> client.sendMessage(message().build()))
            .isInstanceOf(NoTenantException.class);
      }
      assertThat(wire.sent).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt.tenant", "PT.Tenant"})
    void with_an_envelope_of_the_callers_own(String name) {
      assertRefused(
          message().messageAttributes(Map.of(name, text("1|k1|globex"))).build(),
          UnsignableMessageException.class,
          "has an attribute pt.tenant already");
    }

    @Test
    void with_ten_attributes_already() {
      assertRefused(
          message().messageAttributes(attributes(10)).build(),
          UnsignableMessageException.class,
          "has 10 attributes, SQS takes 10");
    }

    @Test
    void to_a_queue_whose_arn_is_not_in_its_url() {
      assertRefused(
          message().queueUrl("https://sqs.eu-central-1.amazonaws.com/jobs").build(),
          UnsignableMessageException.class,
          "can't be told from the queue URL");
    }
  }

  @Test
  void other_calls_need_no_tenant() {
    SqsClient client = client(EnvelopePlugin.create(), Region.EU_CENTRAL_1);

    assertThatThrownBy(() -> client.receiveMessage(r -> r.queueUrl(URL)))
        .isInstanceOf(Stopped.class);
  }

  @Test
  void a_later_override_of_the_clients_configuration_leaves_it_in_place() {
    SqsClient client =
        SqsClient.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(wire)
            .addPlugin(EnvelopePlugin.create())
            .overrideConfiguration(c -> c.addExecutionInterceptor(wire))
            .build();

    SendMessageRequest sent =
        (SendMessageRequest) as("acme", () -> client.sendMessage(message().build()));

    assertThat(sent.messageAttributes()).containsKey("pt.tenant");
  }

  private static Map<String, MessageAttributeValue> attributes(int number) {
    Map<String, MessageAttributeValue> all = new HashMap<>();
    for (int i = 0; i < number; i++) {
      all.put("a" + i, text("x"));
    }
    return all;
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
