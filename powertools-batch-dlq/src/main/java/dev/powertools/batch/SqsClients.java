// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Makes SQS clients that start quickly: nothing is searched for that the environment says. */
final class SqsClients {

  private static final ConfigKey<String> REGION =
      ConfigKey.text("AWS_REGION", "The region of the function's queues, which Lambda sets.");
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private SqsClients() {}

  static SqsClient lean(Config config) {
    SqsClientBuilder builder =
        SqsClient.builder()
            .region(Region.of(config.get(REGION)))
            .credentialsProvider(credentials(config))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
            .overrideConfiguration(c -> c.defaultProfileFile(ProfileFile.aggregator().build()));
    config
        .variable("AWS_ENDPOINT_URL_SQS")
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
        config.variable("AWS_SESSION_TOKEN").isPresent()
            ? AwsSessionCredentials.create(
                id.get(), secret.get(), config.variable("AWS_SESSION_TOKEN").get())
            : AwsBasicCredentials.create(id.get(), secret.get()));
  }
}
