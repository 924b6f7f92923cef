// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.aws.rules.TenantCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * One call by a bound client, on its way through the SDK, which may take it over threads one after
 * the other.
 */
final class GuardedCall {

  static final String ID = "amz-sdk-invocation-id";

  private final BoundTenant bound;
  private volatile TenantCall call;
  private volatile @Nullable Marshalled marshalled;
  private volatile @Nullable RequestOverrideConfiguration allowed;
  private volatile @Nullable String id;

  GuardedCall(BoundTenant bound, SdkRequest request, ExecutionAttributes attributes) {
    this.bound = bound;
    this.call =
        new TenantCall(
            attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
            attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
            request,
            bound.id(),
            Optional.ofNullable(attributes.getAttribute(AwsExecutionAttribute.AWS_REGION))
                .map(Object::toString)
                .orElse(null));
  }

  BoundTenant bound() {
    return bound;
  }

  /** With the request as it was seen last. */
  TenantCall call() {
    return call;
  }

  TenantCall with(SdkRequest request) {
    TenantCall now = call.with(request);
    call = now;
    return now;
  }

  /** What the request overrides that it must not; {@code null} if there is nothing. */
  @SuppressWarnings("ReferenceEquality") // the same object needs no second look
  @Nullable String refusedOverride() {
    RequestOverrideConfiguration given = call.request().overrideConfiguration().orElse(null);
    if (given == null || given == allowed) {
      return null;
    }
    String refused = Overrides.refused(given);
    allowed = refused == null ? given : null;
    return refused;
  }

  @Nullable Marshalled marshalled() {
    return marshalled;
  }

  void marshalled(Marshalled value) {
    marshalled = value;
  }

  /** The SDK's id of this call, all of its attempts included. */
  @Nullable String id() {
    return id;
  }

  /** Remembers by what it is approved. */
  void approved(String invocationId) {
    id = invocationId;
  }

  TenantCallDeniedException denied(String rule, String reason) {
    return new TenantCallDeniedException(call.service(), call.operation(), rule, reason, null);
  }
}
