// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;

/** Makes the bound clients of one runtime. Thread-safe if what it was given is. */
final class ClientFactory<B extends AwsClientBuilder<B, C>, C extends SdkClient> {

  private static final String PACKAGE = "software.amazon.awssdk.services.";

  private final Supplier<B> builder;
  private final Guard guard;
  private final TenantNetwork network;
  private final @Nullable CredentialVendor vendor;

  ClientFactory(
      Supplier<B> builder, Guard guard, TenantNetwork network, @Nullable CredentialVendor vendor) {
    this.builder = builder;
    this.guard = guard;
    this.network = network;
    this.vendor = vendor;
  }

  Guard guard() {
    return guard;
  }

  C make(BoundTenant tenant) {
    B made = builder.get();
    seal(made);
    made.region(network.region());
    network.endpoint(service(made)).ifPresent(made::endpointOverride);
    made.credentialsProvider(
        vendor == null
            ? network.credentials()
            : EnvironmentNetwork.marked(vendor.provider(tenant.id())));
    return made.addPlugin(new GuardPlugin(new GuardInterceptor(tenant, guard))).build();
  }

  private void seal(B made) {
    Seal seal = new Seal(guard);
    if (made instanceof SdkSyncClientBuilder<?, ?> sync) {
      sync.httpClient(new SealedHttpClient(network.httpClient(), seal));
    } else if (made instanceof SdkAsyncClientBuilder<?, ?> async) {
      async.httpClient(new SealedAsyncHttpClient(network.asyncHttpClient(), seal));
    } else {
      throw new IllegalArgumentException(
          made.getClass().getName()
              + " takes no HTTP client, so what it sends can't be sealed. Use a builder of"
              + " synchronous or asynchronous clients of the AWS SDK itself.");
    }
  }

  /** As the SDK's packages are called. */
  private static String service(Object builder) {
    String name = builder.getClass().getName();
    return name.startsWith(PACKAGE)
        ? name.substring(PACKAGE.length(), name.indexOf('.', PACKAGE.length()))
        : "";
  }

  void forget(TenantId tenant) {
    if (vendor != null) {
      vendor.purge(tenant);
    }
  }
}
