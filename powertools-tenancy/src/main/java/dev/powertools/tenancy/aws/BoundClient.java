// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;

/** The client of one tenant, made once, when it is first needed. Thread-safe. */
final class BoundClient<C extends SdkClient> {

  private final BoundTenant tenant;
  private volatile @Nullable C client;

  BoundClient(BoundTenant tenant) {
    this.tenant = tenant;
  }

  BoundTenant tenant() {
    return tenant;
  }

  C client(ClientFactory<?, C> factory) {
    C present = client;
    return present == null ? make(factory) : present;
  }

  private synchronized C make(ClientFactory<?, C> factory) {
    C present = client;
    if (present == null) {
      present = factory.make(tenant);
      client = present;
    }
    return present;
  }

  /** Whether work goes on in which it was asked for. */
  boolean isInUse() {
    return tenant.openScope() != null;
  }

  void close() {
    C present = client;
    if (present != null) {
      present.close();
    }
  }
}
