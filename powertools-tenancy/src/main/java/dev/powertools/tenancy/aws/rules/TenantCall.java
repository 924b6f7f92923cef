// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.TenantId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/**
 * One call of a service for a tenant.
 *
 * @param service as the SDK names it: {@code DynamoDb}, {@code S3}, {@code Sqs}
 * @param operation such as {@code GetItem}
 * @param request the request at this point of the call
 * @param tenant the tenant that the client is bound to
 * @param region the client's region, if it is known
 */
public record TenantCall(
    String service,
    String operation,
    SdkRequest request,
    TenantId tenant,
    @Nullable String region) {

  /** The same call with another request. */
  public TenantCall with(SdkRequest value) {
    return new TenantCall(service, operation, value, tenant, region);
  }
}
