// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Puts the guard into a client when it is built, after all that its builder was told: a later
 * {@code overrideConfiguration} would take an interceptor away, and does not take a plugin away.
 */
final class GuardPlugin implements SdkPlugin {

  private final GuardInterceptor interceptor;

  GuardPlugin(GuardInterceptor interceptor) {
    this.interceptor = interceptor;
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    ClientOverrideConfiguration present = client.overrideConfiguration();
    ClientOverrideConfiguration.Builder more =
        present == null ? ClientOverrideConfiguration.builder() : present.toBuilder();
    client.overrideConfiguration(
        more.executionInterceptors(guarded(more.executionInterceptors()))
            .executionAttributes(bound(more.executionAttributes()))
            .build());
  }

  private ExecutionAttributes bound(ExecutionAttributes present) {
    ExecutionAttributes all = present.copy(); // itself it may be unmodifiable
    return all.putAttribute(GuardInterceptor.BOUND, interceptor.bound());
  }

  /** A builder that is used for several tenants has the guards of the earlier ones. */
  private List<ExecutionInterceptor> guarded(List<ExecutionInterceptor> present) {
    List<ExecutionInterceptor> all = new ArrayList<>(present.size() + 1);
    for (ExecutionInterceptor each : present) {
      if (!(each instanceof GuardInterceptor)) {
        all.add(each);
      }
    }
    all.add(interceptor);
    return all;
  }
}
