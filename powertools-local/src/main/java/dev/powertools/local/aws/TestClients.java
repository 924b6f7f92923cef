// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.Timing;
import dev.powertools.local.VirtualClock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;

/**
 * Builds clients of the SDK over a test's wire.
 *
 * @param timing the test's time; if virtual, the SDK's backoff and timeouts are on it as well
 * @param interceptor tells the operations' names
 */
record TestClients(Timing timing, ExecutionInterceptor interceptor) {

  <B extends AwsClientBuilder<B, C>, C> C build(
      B builder,
      Consumer<? super B> settings,
      Function<Duration, Wire> wire,
      Duration readTimeout) {
    builder.region(Region.US_EAST_1);
    builder.credentialsProvider(
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(Aws.ACCESS_KEY, "the-secret-key-of-no-account")));
    settings.accept(builder);
    ClientOverrideConfiguration given = builder.overrideConfiguration();
    builder.overrideConfiguration(given.toBuilder().addExecutionInterceptor(interceptor).build());
    if (timing instanceof VirtualClock clock) {
      boolean ownRetries =
          given.retryStrategy().isPresent() || given.retryStrategyConfigurator().isPresent();
      builder.addPlugin(finished -> onVirtualTime(finished, clock, ownRetries));
    }
    network(builder, wire, attempt(given, readTimeout), readTimeout);
    return builder.build();
  }

  private static Duration attempt(ClientOverrideConfiguration given, Duration readTimeout) {
    return given
        .apiCallAttemptTimeout()
        .filter(timeout -> timeout.compareTo(readTimeout) < 0)
        .orElse(readTimeout);
  }

  /**
   * The SDK starts the timer of an asynchronous attempt when the exchange is over already, so there
   * the timeout is the wire's.
   */
  private static void network(
      AwsClientBuilder<?, ?> builder,
      Function<Duration, Wire> wire,
      Duration attempt,
      Duration readTimeout) {
    if (builder instanceof SdkSyncClientBuilder<?, ?> sync) {
      sync.httpClient(new AwsHttpClient(wire.apply(readTimeout)));
    } else if (builder instanceof SdkAsyncClientBuilder<?, ?> async) {
      async.httpClient(new AwsAsyncHttpClient(wire.apply(attempt)));
    } else {
      throw new IllegalArgumentException(
          builder.getClass().getName()
              + " takes no HTTP client, so its requests can't be answered here; use the builder of"
              + " the service's ordinary client");
    }
  }

  /** Works on the finished configuration, with the retries that the service has by default. */
  private static void onVirtualTime(
      SdkServiceClientConfiguration.Builder client, VirtualClock clock, boolean ownRetries) {
    ClientOverrideConfiguration finished = client.overrideConfiguration();
    ClientOverrideConfiguration.Builder virtual = finished.toBuilder();
    finished
        .retryStrategy()
        .map(
            retries ->
                ownRetries
                    ? VirtualRetries.of(retries, clock)
                    : VirtualRetries.withoutJitter(retries, clock))
        .ifPresent(virtual::retryStrategy);
    client.overrideConfiguration(virtual.scheduledExecutorService(new VirtualTimer(clock)).build());
  }
}
