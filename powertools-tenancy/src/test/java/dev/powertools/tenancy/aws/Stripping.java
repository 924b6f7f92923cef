// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Plugins of a request that take interceptors away; some of the SDK's own sign, so they stay. */
final class Stripping {

  private Stripping() {}

  static SdkPlugin allButTheSdks(ExecutionInterceptor... more) {
    return client -> {
      List<ExecutionInterceptor> kept = new ArrayList<>();
      for (ExecutionInterceptor each : client.overrideConfiguration().executionInterceptors()) {
        if (each.getClass().getName().startsWith("software.amazon.awssdk.")) {
          kept.add(each);
        }
      }
      kept.addAll(List.of(more));
      client.overrideConfiguration(
          client.overrideConfiguration().toBuilder().executionInterceptors(kept).build());
    };
  }
}
