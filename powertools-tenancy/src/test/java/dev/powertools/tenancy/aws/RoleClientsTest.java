// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.aws.credentials.StsServer;
import dev.powertools.tenancy.aws.credentials.TenantCredentialsUnavailableException;
import dev.powertools.tenancy.resource.TenantRole;
import dev.powertools.tenancy.resource.TenantTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Bound clients that sign with the credentials of the role that is declared. */
class RoleClientsTest {

  @TenantRole(arn = "arn:aws:iam::123456789012:role/tenants")
  @TenantTable(name = "orders", pk = "pk", format = "{tenant}#*")
  private interface Orders {}

  private static final AwsBasicCredentials OWN = AwsBasicCredentials.create("AKIAOWN", "secret");

  private final StsServer sts = new StsServer(Instant::now);
  private final Acting acting =
      new Acting(new FakeRules(), Map.of("AWS_ENDPOINT_URL_STS", sts.address().toString()));
  private final TenantClients<DynamoDbClient> tables =
      acting.work.inside(
          () ->
              TenantClients.builder(Orders.class, DynamoDbClient::builder)
                  .httpClient(acting.wire)
                  .build());

  @AfterEach
  void stop() {
    sts.close();
  }

  private void get(String tenant) {
    acting.as(
        tenant,
        () -> {
          tables.current().getItem(r -> r.tableName("orders").key(key(tenant + "#1")));
        });
  }

  private List<String> signers() {
    return acting.wire.sent().stream()
        .map(sent -> sent.request().firstMatchingHeader("Authorization").orElse(""))
        .map(signature -> signature.replaceAll(".*Credential=([^/]+)/.*", "$1"))
        .toList();
  }

  @Test
  void sign_as_the_tenant_and_ask_for_that_as_the_function() {
    get("acme");
    get("globex");
    get("acme");

    assertThat(signers()).containsExactly("ASIA1", "ASIA2", "ASIA1");
    assertThat(sts.calls())
        .extracting(call -> call.get("signer") + " " + call.get("Tags.member.1.Value"))
        .containsExactly("AKSYSTEM acme", "AKSYSTEM globex");
  }

  @Test
  void send_nothing_when_the_tenant_has_no_credentials() {
    sts.script(call -> StsServer.error(403, "AccessDenied"));

    assertThatThrownBy(() -> get("acme")).isInstanceOf(TenantCredentialsUnavailableException.class);

    assertThat(acting.wire.sent()).isEmpty();
  }

  @Test
  void ask_anew_for_a_tenant_that_was_purged() {
    get("acme");
    acting.work.inside(
        () -> {
          tables.purge(TenantId.of("acme"));
          return "";
        });
    get("acme");

    assertThat(signers()).containsExactly("ASIA1", "ASIA2");
  }

  @Test
  void let_a_vendor_of_ones_own_ask_sts_by_a_client_that_is_bound_to_nobody() {
    try (StsClient own =
        StsClient.builder()
            .endpointOverride(sts.address())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(StaticCredentialsProvider.create(OWN))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      CredentialVendor vendor =
          tenant ->
              () -> {
                Credentials issued =
                    own.assumeRole(
                            r ->
                                r.roleArn("arn:aws:iam::123456789012:role/own")
                                    .roleSessionName(tenant.value() + "-session")
                                    .durationSeconds(900))
                        .credentials();
                return AwsSessionCredentials.create(issued.accessKeyId(), "secret", "token");
              };
      TenantClients<DynamoDbClient> theirs =
          acting.work.inside(
              () ->
                  TenantClients.builder(Orders.class, DynamoDbClient::builder)
                      .httpClient(acting.wire)
                      .credentials(vendor)
                      .build());

      acting.as(
          "acme",
          () -> {
            theirs.current().getItem(r -> r.tableName("orders").key(key("acme#1")));
          });
    }

    assertThat(signers()).containsExactly("ASIA1");
    assertThat(sts.calls()).singleElement().asString().contains("AKIAOWN", "acme-session");
  }

  @Test
  void say_nothing_of_a_missing_role_where_one_is_declared() {
    assertThat(Work.logged(() -> get("acme"))).isEmpty();
  }
}
