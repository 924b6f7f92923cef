// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.aws.Aws;
import dev.powertools.tenancy.aws.TenantNetwork;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;

/** The network of a test beneath the tenants' clients. Thread-safe. */
record HarnessNetwork(Aws aws) implements TenantNetwork {

  @Override
  public SdkHttpClient httpClient() {
    return aws.httpClient();
  }

  @Override
  public SdkAsyncHttpClient asyncHttpClient() {
    return aws.asyncHttpClient();
  }

  @Override
  public Region region() {
    return Region.of(FunctionRuntime.current().config().variable("AWS_REGION").orElse("us-east-1"));
  }

  @Override
  public Optional<URI> endpoint(String service) {
    return Optional.empty();
  }

  @Override
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(Aws.ACCESS_KEY, "the-secret-key-of-no-account"));
  }
}
