// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.aws.credentials.Credentials;
import dev.powertools.tenancy.aws.rules.CallRules;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** What {@link TenantClients} are made with, and what that means in one runtime. Immutable. */
record ClientOptions<B extends AwsClientBuilder<B, C>, C extends SdkClient>(
    Class<?> isolation,
    Supplier<B> builder,
    BiFunction<Class<?>, FunctionRuntime, CallRules> rules,
    @Nullable SdkHttpClient httpClient,
    @Nullable SdkAsyncHttpClient asyncHttpClient,
    @Nullable CredentialVendor credentials,
    @Nullable GuardMode mode,
    int max) {

  /** The clients of one runtime. */
  ClientPool<C> pool(FunctionRuntime runtime) {
    GuardMode effective = mode == null ? GuardMode.of(runtime.config()) : mode;
    Guard guard = new Guard(rules.apply(isolation, runtime), effective);
    if (effective == GuardMode.AUDIT) {
      LoggerFactory.getLogger("dev.powertools.tenancy")
          .warn(
              "The tenancy guard of {} only audits: calls of AWS that are not the tenant's to make"
                  + " are let through. Unset POWERTOOLS_TENANCY_GUARD to deny them.",
              isolation.getName());
    }
    return new ClientPool<>(
        max, new ClientFactory<>(builder, guard, network(runtime), vendor(runtime)));
  }

  /** A network that was given holds for all, since it may be a test's. */
  private TenantNetwork network(FunctionRuntime runtime) {
    boolean given = runtime.givenParts().contains(TenantNetwork.class);
    TenantNetwork network = TenantNetwork.of(runtime);
    return given ? network : new OwnHttpNetwork(network, httpClient, asyncHttpClient);
  }

  /** So does a vendor. */
  private @Nullable CredentialVendor vendor(FunctionRuntime runtime) {
    if (credentials != null && !runtime.givenParts().contains(CredentialVendor.class)) {
      return credentials;
    }
    CredentialVendor found = Credentials.of(isolation, runtime).orElse(null);
    if (found == null) {
      Credentials.warnOfNone(isolation, runtime);
    }
    return found;
  }
}
