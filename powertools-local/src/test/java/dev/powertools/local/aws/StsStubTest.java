// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.VirtualClock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

class StsStubTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/tenant";

  private final VirtualClock clock = VirtualClock.start();
  private final Aws aws = Aws.start(clock);
  private final StsStub stub = StsStub.on(clock);
  private final StsClient sts = aws.serve("sts", stub).client(StsClient.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  private static Consumer<AssumeRoleRequest.Builder> role(String session) {
    return r ->
        r.roleArn(ROLE)
            .roleSessionName(session)
            .durationSeconds(900)
            .tags(tag("TenantId", "acme"), tag("Tier", "gold + more"))
            .transitiveTagKeys("TenantId");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private StsClient inSession(Credentials credentials) {
    return aws.client(
        StsClient.builder(),
        b ->
            b.credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        credentials.accessKeyId(),
                        credentials.secretAccessKey(),
                        credentials.sessionToken()))));
  }

  @Test
  void a_session_has_a_key_of_its_own_that_stands_for_role_and_tags() {
    Credentials first = sts.assumeRole(role("acme-1")).credentials();
    Credentials second = sts.assumeRole(role("acme-2")).credentials();

    assertThat(first.accessKeyId()).isNotEqualTo(second.accessKeyId());
    assertThat(first.expiration()).isEqualTo(clock.now().plus(Duration.ofMinutes(15)));
    assertThat(stub.calls())
        .hasSize(2)
        .first()
        .satisfies(
            session -> {
              assertThat(session.accessKeyId()).isEqualTo(first.accessKeyId());
              assertThat(session.roleArn()).isEqualTo(ROLE);
              assertThat(session.sessionName()).isEqualTo("acme-1");
              assertThat(session.tags())
                  .isEqualTo(Map.of("TenantId", "acme", "Tier", "gold + more"));
              assertThat(session.transitiveTagKeys()).containsExactly("TenantId");
              assertThat(session.duration()).hasMinutes(15);
            });
  }

  @Test
  void requests_tell_the_session_that_they_were_signed_in() {
    Credentials credentials = sts.assumeRole(role("acme")).credentials();
    inSession(credentials).assumeRole(r -> r.roleArn(ROLE).roleSessionName("next"));

    assertThat(stub.signerOf(aws.requests("sts").get(0))).isEmpty();
    assertThat(stub.signerOf(aws.requests("sts").get(1)))
        .hasValueSatisfying(session -> assertThat(session.sessionName()).isEqualTo("acme"));
  }

  @Test
  void role_chaining_keeps_transitive_tags_and_no_others_and_sets_none_anew() {
    StsClient chained = inSession(sts.assumeRole(role("acme")).credentials());

    chained.assumeRole(r -> r.roleArn(ROLE).roleSessionName("next"));

    assertThat(stub.calls().get(1).tags()).isEqualTo(Map.of("TenantId", "acme"));
    assertThatThrownBy(() -> chained.assumeRole(role("globex")))
        .hasMessageContaining("'TenantId' is set by the calling session");
    assertThatThrownBy(
            () ->
                chained.assumeRole(
                    r -> r.roleArn(ROLE).roleSessionName("next").durationSeconds(3601)))
        .hasMessageContaining("role chaining");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a b",
        "a/b",
        "0123456789012345678901234567890123456789012345678901234567890123x"
      })
  void names_of_sessions_are_checked(String name) {
    assertThatThrownBy(() -> sts.assumeRole(role(name)))
        .isInstanceOfSatisfying(
            StsException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
              assertThat(e).hasMessageContaining("roleSessionName");
            });
    assertThat(stub.calls()).isEmpty();
  }

  @Test
  void tags_and_durations_are_checked() {
    assertRefused(r -> r.tags(tag("TenantId", "*")), "no value of a tag");
    assertRefused(r -> r.tags(tag("Tenant$Id", "a")), "no key of a tag");
    assertRefused(r -> r.tags(tag("TenantId", "a"), tag("tenantid", "b")), "twice");
    assertRefused(r -> r.transitiveTagKeys("TenantId", "Absent"), "'Absent' is not among");
    assertRefused(r -> r.durationSeconds(899), "from 900 to 43200");
    assertRefused(r -> r.durationSeconds(43201), "from 900 to 43200");
    assertRefused(r -> r.roleArn("tenant-role-without-arn"), "no ARN of a role");
  }

  private void assertRefused(Consumer<AssumeRoleRequest.Builder> change, String why) {
    assertThatThrownBy(() -> sts.assumeRole(role("acme").andThen(change)))
        .isInstanceOf(StsException.class)
        .hasMessageContaining(why);
  }

  @Test
  void what_it_does_not_know_is_told() {
    assertThatThrownBy(() -> sts.getCallerIdentity())
        .isInstanceOf(StsException.class)
        .hasMessageContaining("GetCallerIdentity is not one of the operations of this stub");
  }

  @Test
  void failures_are_scripted_before_it_and_asynchronous_clients_have_it_too() {
    aws.on("sts", "AssumeRole").accessDenied();

    StsAsyncClient async = aws.client(StsAsyncClient.builder());

    assertThatThrownBy(() -> sts.assumeRole(role("acme"))).hasMessageContaining("not authorized");
    assertThat(stub.calls()).isEmpty();
    assertThat(async.assumeRole(role("acme")).join().credentials().accessKeyId())
        .isEqualTo(stub.calls().get(0).accessKeyId());
  }
}
