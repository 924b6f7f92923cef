// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.tenancy.aws.TenantNetwork;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * Makes STS clients that start quickly: nothing is searched for that the environment says. The
 * endpoint is the region's, so that no other region has to be up.
 */
final class StsClients {

  private static final ConfigKey<String> REGION =
      ConfigKey.text("AWS_REGION", "The region whose STS is asked, which Lambda sets.");
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private StsClients() {}

  /** By the network that a runtime was given, if it was; else as the environment says. */
  static StsClient in(FunctionRuntime runtime) {
    return runtime
        .part(TenantNetwork.class)
        .map(StsClients::over)
        .orElseGet(() -> lean(runtime.config()));
  }

  private static StsClient over(TenantNetwork network) {
    StsClientBuilder builder =
        StsClient.builder()
            .region(network.region())
            .credentialsProvider(network.credentials())
            .httpClient(network.httpClient());
    network.endpoint("sts").ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static StsClient lean(Config config) {
    StsClientBuilder builder =
        StsClient.builder()
            .region(Region.of(config.get(REGION)))
            .credentialsProvider(credentials(config))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
            .overrideConfiguration(
                c ->
                    c.defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(RetryMode.STANDARD));
    config
        .variable("AWS_ENDPOINT_URL_STS")
        .or(() -> config.variable("AWS_ENDPOINT_URL"))
        .ifPresent(url -> builder.endpointOverride(URI.create(url)));
    return builder.build();
  }

  /** Lambda's variables hold for the life of the environment; SnapStart has a provider instead. */
  private static AwsCredentialsProvider credentials(Config config) {
    Optional<String> id = config.variable("AWS_ACCESS_KEY_ID");
    Optional<String> secret = config.variable("AWS_SECRET_ACCESS_KEY");
    if (id.isEmpty() || secret.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        config
            .variable("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(
                token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
            .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get())));
  }
}
