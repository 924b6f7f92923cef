// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.aws.TenantNetwork;
import java.time.Duration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * Makes STS clients, over the network that the tenants' own clients use. The endpoint is the
 * region's, so that no other region has to be up.
 */
final class StsClients {

  /** A call of a tenant waits for this one. */
  private static final Duration ATTEMPT = Duration.ofSeconds(3);

  private StsClients() {}

  static StsClient in(FunctionRuntime runtime) {
    TenantNetwork network = TenantNetwork.of(runtime);
    StsClientBuilder builder =
        StsClient.builder()
            .region(network.region())
            .credentialsProvider(network.credentials())
            .httpClient(network.httpClient())
            .overrideConfiguration(
                c ->
                    c.defaultProfileFile(
                            ProfileFile.aggregator().build()) // nothing is searched for
                        .retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(ATTEMPT));
    network.endpoint("sts").ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
