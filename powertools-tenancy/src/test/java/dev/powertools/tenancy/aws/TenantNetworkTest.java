// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.tenancy.Work;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class TenantNetworkTest {

  private static EnvironmentNetwork environment(Map<String, String> variables) {
    return new EnvironmentNetwork(Config.of(variables));
  }

  @Nested
  class Of_the_environment {

    @Test
    void is_where_the_region_and_the_endpoints_say() {
      EnvironmentNetwork network =
          environment(
              Map.of(
                  "AWS_REGION", "eu-west-1",
                  "AWS_ENDPOINT_URL", "http://localhost:1",
                  "AWS_ENDPOINT_URL_S3", "http://localhost:2"));

      assertThat(network.region()).isEqualTo(Region.EU_WEST_1);
      assertThat(network.endpoint("dynamodb")).contains(URI.create("http://localhost:1"));
      assertThat(network.endpoint("s3")).contains(URI.create("http://localhost:2"));
      assertThat(environment(Map.of()).endpoint("s3")).isEmpty();
    }

    @Test
    void without_a_region_names_the_variable() {
      assertThatThrownBy(() -> environment(Map.of()).region())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("AWS_REGION is not set");
    }

    @Test
    void has_the_credentials_of_the_function() {
      Map<String, String> keys = Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "s");
      Map<String, String> session =
          Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t");

      assertThat(environment(keys).credentials().resolveCredentials())
          .isEqualTo(AwsBasicCredentials.create("a", "s"));
      assertThat(environment(session).credentials().resolveCredentials())
          .isEqualTo(AwsSessionCredentials.create("a", "s", "t"));
      assertThat(environment(Map.of()).credentials()).isNotNull();
    }

    @Test
    void has_one_HTTP_client_for_all() {
      EnvironmentNetwork network = environment(Map.of());

      assertThat(network.httpClient()).isSameAs(network.httpClient());
    }

    @Test
    void without_an_asynchronous_HTTP_client_says_what_to_add() {
      assertThatThrownBy(() -> environment(Map.of()).asyncHttpClient())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("netty-nio-client");
    }
  }

  /** A network of a test's own. */
  private record Given(Wire wire) implements TenantNetwork {

    @Override
    public SdkHttpClient httpClient() {
      return wire;
    }

    @Override
    public SdkAsyncHttpClient asyncHttpClient() {
      return new AsyncWire(wire);
    }

    @Override
    public Region region() {
      return Region.US_WEST_2;
    }

    @Override
    public Optional<URI> endpoint(String service) {
      return Optional.of(URI.create("http://localhost:4566/" + service));
    }

    @Override
    public AwsCredentialsProvider credentials() {
      return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKTEST", "s"));
    }
  }

  @Test
  void of_a_tests_runtime_holds_whatever_the_clients_were_made_with() {
    Acting acting = new Acting();
    Wire tests = new Wire();
    Work work =
        Work.of(
            FunctionRuntime.builder()
                .config(acting.work.runtime().config())
                .part(TenantNetwork.class, new Given(tests)));
    TenantClients<DynamoDbClient> tables =
        acting.tables(
            () ->
                DynamoDbClient.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(URI.create("http://elsewhere")));

    work.inside(
        () ->
            Acting.tenancy("acme")
                .call(
                    null,
                    null,
                    () -> tables.current().getItem(r -> r.tableName("o").key(key("acme#1")))));

    assertThat(acting.wire.sent()).isEmpty();
    SdkHttpRequest sent = tests.sent().get(0).request();
    assertThat(sent.getUri()).hasToString("http://localhost:4566/dynamodb/");
    assertThat(sent.firstMatchingHeader("Authorization").orElseThrow())
        .contains("AKTEST", "us-west-2");
  }

  @Test
  void credentials_that_are_looked_for_may_call_AWS_themselves() {
    boolean[] marked = {false};
    AwsCredentialsProvider provider =
        EnvironmentNetwork.marked(
            () -> {
              marked[0] = LibraryCall.isRunning();
              return AwsBasicCredentials.create("a", "s");
            });

    assertThat(provider.resolveCredentials().accessKeyId()).isEqualTo("a");
    assertThat(marked[0]).isTrue();
  }
}
