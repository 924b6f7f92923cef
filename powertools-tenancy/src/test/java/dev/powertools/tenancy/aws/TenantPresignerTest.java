// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.tenancy.NoTenantException;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.aws.credentials.TenantCredentialsUnavailableException;
import dev.powertools.tenancy.aws.rules.CallRules;
import dev.powertools.tenancy.aws.rules.TenantCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

class TenantPresignerTest {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final Acting acting = new Acting();
  private final Prefixes rules = new Prefixes();
  private final List<String> vended = new ArrayList<>();
  private final CredentialVendor vendor =
      tenant -> {
        vended.add(tenant.value());
        return StaticCredentialsProvider.create(
            AwsSessionCredentials.create("ASIA" + tenant, "secret", "token-" + tenant));
      };

  /** Lets a tenant ask for what is under its prefix, and sees what was made of it. */
  private static final class Prefixes implements CallRules {

    private final List<SdkHttpRequest> wires = new ArrayList<>();
    private boolean refusesWire;

    @Override
    public SdkRequest complete(TenantCall call) {
      return call.request() instanceof GetObjectRequest get
          ? get.toBuilder().versionId("completed").build()
          : call.request();
    }

    @Override
    public void check(TenantCall call) {
      String key = call.request().getValueForField("Key", String.class).orElse("");
      if (!key.startsWith("tenants/" + call.tenant() + "/")) {
        throw denied(call, "fake.key", key);
      }
      assertThat(call.service() + " " + call.region()).isEqualTo("S3 eu-central-1");
    }

    @Override
    public void checkWire(TenantCall call, SdkHttpRequest wire) {
      wires.add(wire);
      if (refusesWire) {
        throw denied(call, "fake.wire", null);
      }
    }

    @Override
    public void checkResponse(TenantCall call, SdkResponse response) {
      throw new AssertionError("Nothing is sent");
    }

    private static TenantCallDeniedException denied(TenantCall call, String rule, String foreign) {
      return new TenantCallDeniedException(
          call.service(), call.operation(), rule, "it is not the tenant's.", foreign);
    }
  }

  private TenantPresigner.Builder builder() {
    return TenantPresigner.builder(TenantPresignerTest.class).rules((isolation, runtime) -> rules);
  }

  private TenantPresigner presigner(TenantPresigner.Builder builder) {
    return acting.work.inside(builder::build);
  }

  private final TenantPresigner presigner = presigner(builder().credentials(vendor));

  private PresignedGetObjectRequest get(String tenant, String key) {
    return get(tenant, FIVE_MINUTES, o -> o.key(key));
  }

  private PresignedGetObjectRequest get(
      String tenant, Duration duration, Consumer<GetObjectRequest.Builder> object) {
    return acting.as(
        tenant,
        () ->
            presigner.presignGetObject(
                r ->
                    r.signatureDuration(duration)
                        .getObjectRequest(o -> o.bucket("shared").applyMutation(object))));
  }

  private static Map<String, List<String>> query(PresignedRequest url) {
    return url.httpRequest().rawQueryParameters();
  }

  @Nested
  class What_is_the_tenants {

    @Test
    void is_signed_with_its_own_credentials_for_as_long_as_was_asked() {
      PresignedGetObjectRequest url = get("acme", "tenants/acme/notes.pdf");

      assertThat(url.url().getHost()).isEqualTo("shared.s3.eu-central-1.amazonaws.com");
      assertThat(url.url().getPath()).isEqualTo("/tenants/acme/notes.pdf");
      assertThat(query(url).get("X-Amz-Credential").get(0)).startsWith("ASIAacme/");
      assertThat(query(url)).containsEntry("X-Amz-Security-Token", List.of("token-acme"));
      assertThat(query(url)).containsEntry("X-Amz-Expires", List.of("300"));
    }

    @Test
    void is_each_tenants_own_of_one_presigner() {
      assertThat(
              Stream.of("acme", "globex", "acme")
                  .map(tenant -> get(tenant, "tenants/" + tenant + "/x"))
                  .map(url -> query(url).get("X-Amz-Security-Token").get(0)))
          .containsExactly("token-acme", "token-globex", "token-acme");
    }

    @Test
    void is_completed_and_checked_before_and_after_it_is_signed() {
      PresignedGetObjectRequest url = get("acme", "tenants/acme/x");

      assertThat(query(url)).containsEntry("versionId", List.of("completed"));
      assertThat(rules.wires)
          .singleElement()
          .satisfies(
              wire -> {
                assertThat(wire.encodedPath()).isEqualTo("/tenants/acme/x");
                assertThat(wire.rawQueryParameters().keySet())
                    .contains("versionId")
                    .noneMatch(name -> name.startsWith("X-Amz"));
              });
    }

    @Test
    void may_be_valid_for_a_quarter_of_an_hour_or_what_was_allowed() {
      assertThat(get("acme", Duration.ofMinutes(15), o -> o.key("tenants/acme/x"))).isNotNull();
      TenantPresigner longer = presigner(builder().credentials(vendor).max(Duration.ofHours(1)));
      assertThat(
              acting.as(
                  "acme",
                  () ->
                      longer.presignGetObject(
                          r ->
                              r.signatureDuration(Duration.ofHours(1))
                                  .getObjectRequest(o -> o.bucket("b").key("tenants/acme/x")))))
          .isNotNull();
    }

    static Stream<Arguments> operations() {
      String key = "tenants/acme/x";
      return Stream.of(
          operation(
              "GET",
              p ->
                  p.presignGetObject(
                      r ->
                          r.signatureDuration(FIVE_MINUTES)
                              .getObjectRequest(o -> o.bucket("b").key(key)))),
          operation(
              "HEAD",
              p ->
                  p.presignHeadObject(
                      r ->
                          r.signatureDuration(FIVE_MINUTES)
                              .headObjectRequest(o -> o.bucket("b").key(key)))),
          operation(
              "PUT",
              p ->
                  p.presignPutObject(
                      r ->
                          r.signatureDuration(FIVE_MINUTES)
                              .putObjectRequest(o -> o.bucket("b").key(key)))),
          operation(
              "PUT",
              p ->
                  p.presignUploadPart(
                      r ->
                          r.signatureDuration(FIVE_MINUTES)
                              .uploadPartRequest(
                                  o -> o.bucket("b").key(key).uploadId("u").partNumber(1)))),
          operation(
              "DELETE",
              p ->
                  p.presignDeleteObject(
                      r ->
                          r.signatureDuration(FIVE_MINUTES)
                              .deleteObjectRequest(o -> o.bucket("b").key(key)))));
    }

    private static Arguments operation(
        String method, Function<TenantPresigner, PresignedRequest> presign) {
      return Arguments.of(method, presign);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void can_be_got_put_and_deleted(
        String method, Function<TenantPresigner, PresignedRequest> presign) {
      PresignedRequest url = acting.as("acme", () -> presign.apply(presigner));

      assertThat(url.httpRequest().method().name()).isEqualTo(method);
      assertThat(query(url).get("X-Amz-Credential").get(0)).startsWith("ASIAacme/");
      assertThatThrownBy(() -> acting.as("globex", () -> presign.apply(presigner)))
          .isInstanceOf(TenantCallDeniedException.class);
    }
  }

  @Nested
  class What_is_not {

    private void denied(String rule, Runnable call) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              TenantCallDeniedException.class, denied -> assertThat(denied.rule()).isEqualTo(rule))
          .hasMessageContaining("S3.GetObject");
    }

    @Test
    void is_not_signed_at_all_and_told() {
      List<String> lines =
          Work.logged(() -> denied("fake.key", () -> get("acme", "tenants/globex/x")));

      assertThat(lines).singleElement().asString().contains("fake.key").doesNotContain("globex");
      assertThat(vended).isEmpty();
    }

    @Test
    void is_refused_also_when_only_the_url_shows_it() {
      rules.refusesWire = true;

      denied("fake.wire", () -> get("acme", "tenants/acme/x"));
    }

    @Test
    void is_a_url_that_is_valid_for_too_long() {
      denied(
          "presign.duration",
          () -> get("acme", Duration.ofMinutes(15).plusSeconds(1), o -> o.key("tenants/acme/x")));
    }

    static Stream<Consumer<AwsRequestOverrideConfiguration.Builder>> overrides() {
      return Stream.of(
          o -> o.credentialsProvider(AnonymousCredentialsProvider.create()),
          o -> o.putHeader("x-amz-acl", "public-read"),
          o -> o.putRawQueryParameter("acl", ""),
          o -> o.addPlugin(config -> {}));
    }

    @ParameterizedTest
    @MethodSource("overrides")
    void is_a_request_that_overrides_what_it_is_signed_with(
        Consumer<AwsRequestOverrideConfiguration.Builder> override) {
      denied(
          "override",
          () ->
              get(
                  "acme",
                  FIVE_MINUTES,
                  o -> o.key("tenants/acme/x").overrideConfiguration(override)));
    }

    @Test
    void is_anything_without_a_tenant() {
      assertThatThrownBy(
              () ->
                  acting.work.inside(
                      () ->
                          presigner.presignGetObject(
                              r ->
                                  r.signatureDuration(FIVE_MINUTES)
                                      .getObjectRequest(o -> o.bucket("b").key("k")))))
          .isInstanceOf(NoTenantException.class);
    }

    @Test
    void is_signed_by_nobody_else_when_the_tenant_has_no_credentials() {
      TenantPresigner failing =
          presigner(
              builder()
                  .credentials(
                      tenant ->
                          () -> {
                            throw new TenantCredentialsUnavailableException("STS is down", null);
                          }));

      assertThatThrownBy(
              () ->
                  acting.as(
                      "acme",
                      () ->
                          failing.presignGetObject(
                              r ->
                                  r.signatureDuration(FIVE_MINUTES)
                                      .getObjectRequest(o -> o.bucket("b").key("tenants/acme/x")))))
          .isInstanceOf(TenantCredentialsUnavailableException.class);
    }
  }

  @Nested
  class The_functions_own_credentials {

    @Test
    void are_not_used_unless_that_was_said() {
      assertThatThrownBy(() -> presigner(builder()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(TenantPresignerTest.class.getName())
          .hasMessageContaining("allowFunctionCredentials()");
    }

    @Test
    void are_used_if_it_was() {
      TenantPresigner allowed = presigner(builder().allowFunctionCredentials());

      PresignedRequest url =
          acting.as(
              "acme",
              () ->
                  allowed.presignGetObject(
                      r ->
                          r.signatureDuration(FIVE_MINUTES)
                              .getObjectRequest(o -> o.bucket("b").key("tenants/acme/x"))));

      assertThat(query(url).get("X-Amz-Credential").get(0)).startsWith("AKSYSTEM/");
    }

    @Test
    void do_not_go_before_those_of_the_tenant() {
      TenantPresigner both = presigner(builder().credentials(vendor).allowFunctionCredentials());

      acting.as(
          "acme",
          () ->
              both.presignGetObject(
                  r ->
                      r.signatureDuration(FIVE_MINUTES)
                          .getObjectRequest(o -> o.bucket("b").key("tenants/acme/x"))));

      assertThat(vended).containsExactly("acme");
    }
  }

  @Test
  void a_vendor_that_the_runtime_was_given_goes_before_all_others() {
    List<String> asked = new ArrayList<>();
    CredentialVendor others =
        tenant -> {
          asked.add(tenant.value());
          return AnonymousCredentialsProvider.create();
        };
    Work test = Work.of(acting.work.runtime().toBuilder().part(CredentialVendor.class, vendor));
    TenantPresigner made = test.inside(() -> builder().credentials(others).build());

    test.inside(
        () ->
            Acting.tenancy("acme")
                .call(
                    null,
                    null,
                    () ->
                        made.presignGetObject(
                            r ->
                                r.signatureDuration(FIVE_MINUTES)
                                    .getObjectRequest(o -> o.bucket("b").key("tenants/acme/x")))));

    assertThat(vended).containsExactly("acme");
    assertThat(asked).isEmpty();
  }

  @Test
  void a_url_can_not_be_allowed_for_longer_than_s3_does() {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(7).plusSeconds(1))) {
      assertThatThrownBy(() -> builder().max(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("up to 7 days");
    }
  }
}
