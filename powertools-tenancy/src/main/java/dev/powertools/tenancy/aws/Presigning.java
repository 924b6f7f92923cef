// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.internal.LibraryCall;
import dev.powertools.tenancy.TenantContext;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Presigns in one runtime. The SDK's presigner takes no plugin, and leaves out the hooks that see
 * what is sent, so the rules are asked here, before and after it. It has no credentials: each
 * request brings its tenant's. Thread-safe.
 */
final class Presigning implements AutoCloseable {

  /** What the signature adds to a request. */
  private static final List<String> SIGNATURE =
      List.of(
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Date",
          "X-Amz-Expires",
          "X-Amz-Security-Token",
          "X-Amz-Signature",
          "X-Amz-SignedHeaders");

  private final Guard guard;
  private final CredentialVendor vendor;
  private final TenantNetwork network;
  private final Duration max;
  private final S3Presigner presigner;

  Presigning(Guard guard, CredentialVendor vendor, TenantNetwork network, Duration max) {
    this.guard = guard;
    this.vendor = vendor;
    this.network = network;
    this.max = max;
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(network.region())
            .credentialsProvider((AwsCredentialsProvider) Presigning::none);
    network.endpoint("s3").ifPresent(builder::endpointOverride);
    this.presigner = builder.build();
  }

  private static AwsCredentials none() {
    throw new IllegalStateException("A URL was to be signed without the tenant's credentials");
  }

  <P extends PresignedRequest> P presign(
      String operation,
      AwsRequest request,
      Duration duration,
      BiFunction<S3Presigner, SdkRequest, P> signer) {
    TenantContext scope = Tenants.current();
    BoundTenant tenant = new BoundTenant(scope.id());
    tenant.ask(scope);
    GuardedCall call = new GuardedCall(tenant, request, attributes(operation));
    guard.require(call, () -> refuse(call, duration));
    SdkRequest[] completed = {request};
    guard.require(call, () -> completed[0] = guard.rules().complete(call.with(request)));
    guard.require(call, () -> guard.rules().check(call.with(completed[0])));
    AwsRequest signed = signedBy(vendor.provider(tenant.id()), (AwsRequest) completed[0]);
    P presigned = LibraryCall.run(() -> signer.apply(presigner, signed));
    guard.require(
        call, () -> guard.rules().checkWire(call.call(), unsigned(presigned.httpRequest())));
    return presigned;
  }

  private ExecutionAttributes attributes(String operation) {
    return new ExecutionAttributes()
        .putAttribute(SdkExecutionAttribute.SERVICE_NAME, "S3")
        .putAttribute(SdkExecutionAttribute.OPERATION_NAME, operation)
        .putAttribute(AwsExecutionAttribute.AWS_REGION, network.region());
  }

  private void refuse(GuardedCall call, Duration duration) {
    String override = call.refusedOverride();
    if (override != null) {
      throw call.denied(
          "override",
          "the request overrides what the presigner is made with: "
              + override
              + ". Only names, timeouts, metric publishers and compression may be overridden.");
    }
    if (duration.compareTo(max) > 0) {
      throw call.denied(
          "presign.duration",
          "the URL would be valid for "
              + duration
              + ", and "
              + max
              + " is the most. Whoever has it is served until then: ask for less, or allow more by"
              + " TenantPresigner.builder(..).max(..).");
    }
  }

  private static AwsRequest signedBy(AwsCredentialsProvider credentials, AwsRequest request) {
    AwsRequestOverrideConfiguration override =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder)
            .credentialsProvider(credentials)
            .build();
    return request.toBuilder().overrideConfiguration(override).build();
  }

  /** The request as a call would send it. */
  private static SdkHttpRequest unsigned(SdkHttpRequest presigned) {
    SdkHttpRequest.Builder request = presigned.toBuilder();
    SIGNATURE.forEach(request::removeQueryParameter);
    return request.build();
  }

  @Override
  public void close() {
    presigner.close();
  }
}
