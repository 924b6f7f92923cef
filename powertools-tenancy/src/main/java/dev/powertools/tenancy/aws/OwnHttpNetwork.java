// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;

/** A network with other HTTP clients, where there are any. */
record OwnHttpNetwork(
    TenantNetwork network, @Nullable SdkHttpClient sync, @Nullable SdkAsyncHttpClient async)
    implements TenantNetwork {

  @Override
  public SdkHttpClient httpClient() {
    return sync == null ? network.httpClient() : sync;
  }

  @Override
  public SdkAsyncHttpClient asyncHttpClient() {
    return async == null ? network.asyncHttpClient() : async;
  }

  @Override
  public Region region() {
    return network.region();
  }

  @Override
  public Optional<URI> endpoint(String service) {
    return network.endpoint(service);
  }

  @Override
  public AwsCredentialsProvider credentials() {
    return network.credentials();
  }
}
