// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.local.event.Events;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.TenantPresigner;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.resource.TenantBucket;
import dev.powertools.tenancy.resource.TenantRole;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** From a request's tenant to a URL of its object. */
@FunctionTest
class TenantUrlsTest {

  // region presigner
  @TenantRole(arn = "${TENANT_ROLE_ARN}")
  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  interface NotesIsolation {}

  /** Sends the caller to the object that it asked for. */
  public static class Downloads extends FunctionHandler<Downloads.Request, Map<String, Object>> {

    private final TenantPresigner urls = TenantPresigner.of(NotesIsolation.class);

    /** What is read of the event. */
    public record Request(String rawPath) {}

    @Override
    @TenantIsolated
    @FromJwt(claim = "tenant")
    protected Map<String, Object> handle(Request request, Context context) {
      String key = "tenants/" + Tenants.current().id() + request.rawPath();
      String url =
          urls.presignGetObject(
                  r ->
                      r.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(o -> o.bucket("shared").key(key)))
              .url()
              .toString();
      return Map.of("statusCode", 303, "headers", Map.of("Location", url));
    }
  }

  // endregion

  private static TestFunction downloads(Functions functions) {
    CredentialVendor vendor =
        tenant ->
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("ASIA" + tenant, "secret", "token"));
    return functions.with(CredentialVendor.class, vendor).function(Downloads.class);
  }

  private static String answer(TestFunction downloads, String tenant, String path) {
    return downloads
        .invoke(Events.apiGatewayV2("GET", path).claims(Map.of("tenant", tenant)))
        .text();
  }

  @Test
  void each_tenant_is_sent_to_its_own_object_by_its_own_credentials(Functions functions) {
    TestFunction downloads = downloads(functions);

    assertThat(answer(downloads, "acme", "/may.pdf"))
        .contains("\"statusCode\":303", "/tenants/acme/may.pdf?", "X-Amz-Credential=ASIAacme");
    assertThat(answer(downloads, "globex", "/may.pdf"))
        .contains("/tenants/globex/may.pdf?", "X-Amz-Credential=ASIAglobex");
  }

  @Test
  void nobody_is_sent_to_what_is_somebody_elses(Functions functions) {
    assertThat(answer(downloads(functions), "acme", "/../globex/may.pdf"))
        .contains("\"statusCode\":403")
        .doesNotContain("globex", "X-Amz");
  }
}
