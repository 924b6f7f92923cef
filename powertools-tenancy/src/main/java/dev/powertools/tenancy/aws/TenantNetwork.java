// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.FunctionRuntime;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * What the tenants' clients reach AWS by. The default is that of the environment; a test's runtime
 * has one of its own as a part, which then holds for all clients, whatever their builders say. It
 * owns its HTTP clients. Thread-safe.
 */
public interface TenantNetwork {

  /** That of a runtime: the one that it was given, else the environment's. */
  static TenantNetwork of(FunctionRuntime runtime) {
    return runtime.part(TenantNetwork.class, r -> new EnvironmentNetwork(r.config()));
  }

  /** What synchronous clients send by: one for all tenants. */
  SdkHttpClient httpClient();

  /** What asynchronous clients send by: one for all tenants. */
  SdkAsyncHttpClient asyncHttpClient();

  /** The region of clients whose builder names none. */
  Region region();

  /**
   * Where a service is, if not where AWS has it.
   *
   * @param service as the SDK's packages are called: {@code dynamodb}, {@code s3}
   */
  Optional<URI> endpoint(String service);

  /** The function's own credentials, for tenants that have none of their own. */
  AwsCredentialsProvider credentials();
}
