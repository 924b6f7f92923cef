// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.tenancy.resource.TenantBucket;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Presigned URLs under the rules for what is declared. */
class DeclaredUrlsTest {

  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  private interface Notes {}

  private static final Duration SHORT = Duration.ofMinutes(5);
  private static final String OWN = "tenants/acme/notes of 2026+1.pdf";

  private final Acting acting = new Acting();
  private final TenantPresigner urls = urls(acting);

  private static TenantPresigner urls(Acting acting) {
    return acting.work.inside(
        () ->
            TenantPresigner.builder(Notes.class)
                .credentials(
                    tenant ->
                        StaticCredentialsProvider.create(
                            AwsBasicCredentials.create("ASIA" + tenant, "secret")))
                .build());
  }

  private URL get(String bucket, String key) {
    return acting.as(
        "acme",
        () ->
            urls.presignGetObject(
                    r ->
                        r.signatureDuration(SHORT).getObjectRequest(o -> o.bucket(bucket).key(key)))
                .url());
  }

  private URL put(Consumer<PutObjectRequest.Builder> object) {
    return acting.as(
        "acme",
        () ->
            urls.presignPutObject(
                    r ->
                        r.signatureDuration(SHORT)
                            .putObjectRequest(
                                o -> o.bucket("shared").key(OWN).applyMutation(object)))
                .url());
  }

  static Stream<Function<TenantPresigner, URL>> operations() {
    return Stream.of(
        p ->
            p.presignGetObject(
                    r ->
                        r.signatureDuration(SHORT)
                            .getObjectRequest(o -> o.bucket("shared").key(OWN)))
                .url(),
        p ->
            p.presignHeadObject(
                    r ->
                        r.signatureDuration(SHORT)
                            .headObjectRequest(o -> o.bucket("shared").key(OWN)))
                .url(),
        p ->
            p.presignPutObject(
                    r ->
                        r.signatureDuration(SHORT)
                            .putObjectRequest(o -> o.bucket("shared").key(OWN)))
                .url(),
        p ->
            p.presignUploadPart(
                    r ->
                        r.signatureDuration(SHORT)
                            .uploadPartRequest(
                                o -> o.bucket("shared").key(OWN).uploadId("u").partNumber(1)))
                .url(),
        p ->
            p.presignDeleteObject(
                    r ->
                        r.signatureDuration(SHORT)
                            .deleteObjectRequest(o -> o.bucket("shared").key(OWN)))
                .url());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void what_is_under_the_tenants_prefix_gets_a_url(Function<TenantPresigner, URL> presign) {
    URL url = acting.as("acme", () -> presign.apply(urls));

    assertThat(url.getHost()).isEqualTo("shared.s3.eu-central-1.amazonaws.com");
    assertThat(url.getPath()).startsWith("/tenants/acme/notes");
    assertThat(url.getQuery()).contains("X-Amz-Credential=ASIAacme");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void at_an_endpoint_of_ones_own_too(Function<TenantPresigner, URL> presign) {
    Acting local =
        new Acting(new FakeRules(), Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000"));
    TenantPresigner there = urls(local);

    assertThat(local.as("acme", () -> presign.apply(there)).toString())
        .startsWith("http://127.0.0.1:9000/shared/tenants/acme/notes");
  }

  @ParameterizedTest
  @CsvSource({
    "shared, tenants/globex/x",
    "shared, tenants/acme2/x",
    "shared, tenants/acme",
    "shared, tenants/acme/../globex/x",
    "shared, x",
    "other, tenants/acme/x",
    "arn:aws:s3:eu-central-1:123456789012:accesspoint/p, tenants/acme/x"
  })
  void what_is_not_gets_none(String bucket, String key) {
    assertThatThrownBy(() -> get(bucket, key)).isInstanceOf(TenantCallDeniedException.class);
  }

  @Test
  void a_url_can_not_make_an_object_public() {
    assertThat(put(o -> o.contentType("text/plain"))).isNotNull();
    assertThatThrownBy(() -> put(o -> o.acl(ObjectCannedACL.PUBLIC_READ)))
        .isInstanceOf(TenantCallDeniedException.class);
  }
}
