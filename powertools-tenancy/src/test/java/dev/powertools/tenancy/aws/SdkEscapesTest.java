// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The ways past an interceptor that the SDK has; nothing may reach the wire by any of them. */
class SdkEscapesTest {

  private static final AwsBasicCredentials OTHERS = AwsBasicCredentials.create("AKOTHER", "s");

  private final Acting acting = new Acting();

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      TenantClients<DynamoDbClient> tables, GetItemRequest request) {
    AbstractThrowableAssert<?, ? extends Throwable> refused =
        assertThatThrownBy(() -> acting.as("acme", () -> tables.current().getItem(request)));
    assertThat(acting.wire.sent()).isEmpty();
    assertThat(acting.work.signals()).hasSize(1);
    assertThat(tables.approvals()).isZero();
    return refused;
  }

  private static GetItemRequest get(Consumer<AwsRequestOverrideConfiguration.Builder> override) {
    return GetItemRequest.builder()
        .tableName("orders")
        .key(key("acme#1"))
        .overrideConfiguration(override)
        .build();
  }

  private static DynamoDbClientBuilder with(ExecutionInterceptor interceptor) {
    return DynamoDbClient.builder()
        .overrideConfiguration(c -> c.addExecutionInterceptor(interceptor));
  }

  @Nested
  class A_plugin_of_the_request {

    private SdkPlugin keeping(UnaryOperator<List<ExecutionInterceptor>> kept) {
      return client ->
          client.overrideConfiguration(
              client.overrideConfiguration().toBuilder()
                  .executionInterceptors(
                      kept.apply(client.overrideConfiguration().executionInterceptors()))
                  .build());
    }

    @Test
    void that_takes_the_guard_away_gets_nothing_sent() {
      SdkPlugin plugin =
          keeping(all -> all.stream().filter(i -> !(i instanceof GuardInterceptor)).toList());

      assertRefused(acting.tables(), get(c -> c.addPlugin(plugin)))
          .isInstanceOf(SecurityException.class)
          .hasMessageContaining("POST to dynamodb.eu-central-1.amazonaws.com")
          .hasMessageContaining("plugin");
      assertThat(acting.work.denied().rule()).isEqualTo("seal");
    }

    @Test
    void that_takes_all_but_the_sdks_own_interceptors_away_gets_nothing_sent() {
      assertRefused(acting.tables(), get(c -> c.addPlugin(Stripping.allButTheSdks())))
          .isInstanceOf(SecurityException.class);
    }

    @Test
    void that_takes_the_net_away_is_denied() {
      SdkPlugin plugin =
          keeping(all -> all.stream().filter(i -> !(i instanceof TenantNet)).toList());

      assertRefused(acting.tables(), get(c -> c.addPlugin(plugin)))
          .hasMessageContaining("rule net");
    }

    @Test
    void that_swaps_credentials_is_denied() {
      SdkPlugin plugin =
          (SdkServiceClientConfiguration.Builder client) ->
              ((AwsServiceClientConfiguration.Builder) client)
                  .credentialsProvider(StaticCredentialsProvider.create(OTHERS));

      assertRefused(acting.tables(), get(c -> c.addPlugin(plugin)))
          .hasMessageContaining("rule override")
          .hasMessageContaining("plugins");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("overrides")
  void an_override_of_a_request_is_denied(
      String name, Consumer<AwsRequestOverrideConfiguration.Builder> override) {
    assertRefused(acting.tables(), get(override))
        .isInstanceOf(TenantCallDeniedException.class)
        .hasMessageContaining("rule override")
        .hasMessageContaining(name);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("overrides")
  void an_override_that_an_interceptor_adds_is_denied(
      String name, Consumer<AwsRequestOverrideConfiguration.Builder> override) {
    ExecutionInterceptor late =
        new ExecutionInterceptor() {
          @Override
          public SdkRequest modifyRequest(Context.ModifyRequest call, ExecutionAttributes facts) {
            return ((GetItemRequest) call.request())
                .toBuilder().overrideConfiguration(override).build();
          }
        };

    assertRefused(acting.tables(() -> with(late)), get(c -> {}))
        .hasMessageContaining("rule override")
        .hasMessageContaining(name);
  }

  @SuppressWarnings("deprecation") // what is deprecated can be used, too
  static Stream<Arguments> overrides() {
    ExecutionAttribute<String> foreign = new ExecutionAttribute<>("escape.Foreign" + Math.random());
    return Stream.of(
        override("headers", c -> c.putHeader("x-amz-copy-source", "shared/tenants/globex/x")),
        override("rawQueryParameters", c -> c.putRawQueryParameter("acl", "")),
        override("signer", c -> c.signer((request, facts) -> request)),
        override(
            "credentialsProvider",
            c -> c.credentialsProvider(StaticCredentialsProvider.create(OTHERS))),
        override("endpointProvider", c -> c.endpointProvider(elsewhere())),
        override("executionAttributes", c -> c.putExecutionAttribute(foreign, "x")),
        override(
            "one that the guard does not know",
            c -> c.authSchemeProvider(new AuthSchemeProvider() {})));
  }

  @SuppressWarnings("deprecation") // the only way of the older SDK
  private static DynamoDbEndpointProvider elsewhere() {
    return parameters ->
        java.util.concurrent.CompletableFuture.completedFuture(
            Endpoint.builder().url(URI.create("https://evil.example")).build());
  }

  private static Arguments override(
      String name, Consumer<AwsRequestOverrideConfiguration.Builder> override) {
    return Arguments.of(name, override);
  }

  @Test
  void names_timeouts_metrics_and_compression_may_be_overridden() {
    acting.as(
        "acme",
        () ->
            acting
                .tables()
                .current()
                .getItem(
                    get(
                        c ->
                            c.addApiName(n -> n.name("a").version("1"))
                                .apiCallTimeout(java.time.Duration.ofSeconds(9))
                                .apiCallAttemptTimeout(java.time.Duration.ofSeconds(8))
                                .compressionConfiguration(z -> z.requestCompressionEnabled(false))
                                .addMetricPublisher(
                                    software.amazon.awssdk.metrics.LoggingMetricPublisher
                                        .create()))));

    assertThat(acting.wire.sent()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void an_interceptor_that_changes_what_is_sent_is_denied(
      String what, UnaryOperator<SdkHttpRequest.Builder> change) {
    ExecutionInterceptor changing =
        new ExecutionInterceptor() {
          @Override
          public SdkHttpRequest modifyHttpRequest(
              Context.ModifyHttpRequest call, ExecutionAttributes facts) {
            return change.apply(call.httpRequest().toBuilder()).build();
          }
        };

    assertRefused(acting.tables(() -> with(changing)), get(c -> {}))
        .isInstanceOf(TenantCallDeniedException.class)
        .hasMessageContaining("rule wire")
        .hasMessageContaining(what);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change(
            "the header x-amz-target", r -> r.putHeader("X-Amz-Target", "DynamoDB_20120810.Scan")),
        change("the header x-amz-target", r -> r.removeHeader("X-Amz-Target")),
        change("the header x-amz-target", r -> r.appendHeader("x-amz-target", "DynamoDB.Scan")),
        change("the header x-amz-copy-source", r -> r.putHeader("x-amz-copy-source", "a/b")),
        change("the header x-amz-acl", r -> r.putHeader("X-AMZ-ACL", "public-read")),
        change("the method", r -> r.method(SdkHttpMethod.DELETE)),
        change("the host", r -> r.host("evil.example")),
        change("the host", r -> r.host("evildynamodb.eu-central-1.amazonaws.com")),
        change("the host", r -> r.host("evil.dynamodb.eu-central-1.amazonaws.com")),
        change("the host", r -> r.port(444)),
        change("the host", r -> r.protocol("http")),
        change("the path", r -> r.encodedPath("/other")),
        change("the query", r -> r.putRawQueryParameter("Action", "Scan")));
  }

  private static Arguments change(String what, UnaryOperator<SdkHttpRequest.Builder> change) {
    return Arguments.of(what, change);
  }

  @Test
  void an_interceptor_that_replaces_the_body_is_denied() {
    ExecutionInterceptor replacing =
        new ExecutionInterceptor() {
          @Override
          public Optional<RequestBody> modifyHttpContent(
              Context.ModifyHttpRequest call, ExecutionAttributes facts) {
            return Optional.of(
                RequestBody.fromString("{\"TableName\":\"orders\",\"Key\":{\"pk\":\"globex#1\"}}"));
          }
        };

    assertRefused(acting.tables(() -> with(replacing)), get(c -> {}))
        .hasMessageContaining("rule wire")
        .hasMessageContaining("the body");
  }

  @Test
  void a_body_that_says_something_else_the_second_time_is_sent_as_it_was_checked() {
    byte[] own =
        "{\"TableName\":\"orders\",\"Key\":{\"pk\":{\"S\":\"acme#1\"}}}"
            .getBytes(StandardCharsets.UTF_8);
    int[] reads = {0};
    ExecutionInterceptor replacing =
        new ExecutionInterceptor() {
          @Override
          public Optional<RequestBody> modifyHttpContent(
              Context.ModifyHttpRequest call, ExecutionAttributes facts) {
            return Optional.of(
                RequestBody.fromContentProvider(
                    () ->
                        new java.io.ByteArrayInputStream(
                            reads[0]++ < 2
                                ? own
                                : new String(own, StandardCharsets.UTF_8)
                                    .replace("acme", "evil")
                                    .getBytes(StandardCharsets.UTF_8)),
                    own.length,
                    "application/x-amz-json-1.0"));
          }
        };

    acting.as("acme", () -> acting.tables(() -> with(replacing)).current().getItem(get(c -> {})));

    assertThat(acting.wire.sent()).hasSize(1);
    assertThat(acting.wire.sent().get(0).body()).contains("acme#1");
  }

  @Test
  void an_interceptor_that_swaps_the_key_is_denied_since_the_rules_see_the_final_request() {
    ExecutionInterceptor swapping =
        new ExecutionInterceptor() {
          @Override
          public SdkRequest modifyRequest(Context.ModifyRequest call, ExecutionAttributes facts) {
            return ((GetItemRequest) call.request()).toBuilder().key(key("globex#1")).build();
          }
        };

    assertRefused(acting.tables(() -> with(swapping)), get(c -> {}))
        .hasMessageContaining("fake.key");
  }

  @Test
  void a_forged_invocation_id_gets_nothing_sent() {
    TenantClients<DynamoDbClient> tables = acting.tables();
    ExecutionInterceptor forging =
        new ExecutionInterceptor() {
          @Override
          public SdkHttpRequest modifyHttpRequest(
              Context.ModifyHttpRequest call, ExecutionAttributes facts) {
            return call.httpRequest().toBuilder().putHeader(GuardedCall.ID, "a-b-c").build();
          }
        };
    SdkPlugin stripping = Stripping.allButTheSdks(forging);

    assertRefused(tables, get(c -> c.addPlugin(stripping))).isInstanceOf(SecurityException.class);
  }

  @Test
  void a_builder_whose_configuration_is_overridden_keeps_the_guard() {
    DynamoDbClientBuilder shared = DynamoDbClient.builder();
    TenantClients<DynamoDbClient> tables = acting.tables(() -> shared);
    DynamoDbClient acme = acting.as("acme", () -> tables.current());
    shared.overrideConfiguration(c -> c.executionInterceptors(List.of()));

    acting.as(
        "globex",
        () -> {
          assertThatThrownBy(
                  () -> tables.current().getItem(r -> r.tableName("o").key(key("acme#1"))))
              .hasMessageContaining("fake.key");
          tables.current().getItem(r -> r.tableName("o").key(key("globex#1")));
        });
    assertThatThrownBy(() -> acting.as("globex", () -> acme.query(QueryRequest.builder().build())))
        .hasMessageContaining("mismatch");
    assertThat(acting.wire.sent()).hasSize(1);
  }
}
