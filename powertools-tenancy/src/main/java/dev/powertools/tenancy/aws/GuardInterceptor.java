// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.aws.rules.TenantCall;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * The guard in the SDK's chain of interceptors, the last of its client.
 *
 * <p>Other interceptors may change a request in {@code modifyRequest}, so the rules see it in
 * {@code beforeMarshalling}, when none can; and what is sent in {@code modifyHttpRequest}, so each
 * attempt is approved of with what was marshalled, and the sealed HTTP client compares that with
 * what it is given to send. A request may bring a plugin that takes this interceptor away: then
 * nothing is approved, and nothing is sent.
 */
final class GuardInterceptor implements ExecutionInterceptor {

  /** Tells the net that a client is bound; set for the client, not for a request. */
  static final ExecutionAttribute<BoundTenant> BOUND =
      new ExecutionAttribute<>("dev.powertools.tenancy.aws.Bound");

  private static final ExecutionAttribute<GuardedCall> CALL =
      new ExecutionAttribute<>("dev.powertools.tenancy.aws.Call");

  private final BoundTenant bound;
  private final Guard guard;

  GuardInterceptor(BoundTenant bound, Guard guard) {
    this.bound = bound;
    this.guard = guard;
  }

  /** Whether a guard is on its way with a call. */
  static boolean isOn(ExecutionAttributes attributes) {
    return attributes.getAttribute(CALL) != null;
  }

  BoundTenant bound() {
    return bound;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    GuardedCall call = new GuardedCall(bound, context.request(), attributes);
    attributes.putAttribute(CALL, call);
    guard.require(
        call,
        () -> {
          requireNet(call, attributes);
          requireInForce(call);
          requireNoOverride(call);
        });
  }

  private static void requireNet(GuardedCall call, ExecutionAttributes attributes) {
    if (!TenantNet.hasSeen(attributes)) {
      throw call.denied(
          "net",
          "the guard's interceptor "
              + TenantNet.class.getName()
              + " is not among those that the AWS SDK found on the class path, so calls by other"
              + " clients would go unseen.");
    }
  }

  private void requireInForce(GuardedCall call) {
    BoundTenant.Refusal refusal = bound.refusal();
    if (refusal != null) {
      throw call.denied(refusal.rule(), refusal.reason());
    }
  }

  private static void requireNoOverride(GuardedCall call) {
    String refused = call.refusedOverride();
    if (refused != null) {
      throw call.denied(
          "override",
          "the request overrides what its client is made with: "
              + refused
              + ". Only names, timeouts, metric publishers and compression may be overridden.");
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    GuardedCall call = attributes.getAttribute(CALL);
    TenantCall now = call.with(context.request());
    SdkRequest[] completed = {context.request()};
    guard.require(call, () -> completed[0] = guard.rules().complete(now));
    return completed[0];
  }

  @Override
  public void beforeMarshalling(Context.BeforeMarshalling context, ExecutionAttributes attributes) {
    GuardedCall call = attributes.getAttribute(CALL);
    TenantCall now = call.with(context.request());
    guard.require(
        call,
        () -> {
          requireNoOverride(call);
          guard.rules().check(now);
        });
  }

  @Override
  public void afterMarshalling(Context.AfterMarshalling context, ExecutionAttributes attributes) {
    GuardedCall call = attributes.getAttribute(CALL);
    guard.require(
        call,
        () ->
            call.marshalled(
                Marshalled.of(call.call().service(), call.call().operation(), context)));
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    GuardedCall call = attributes.getAttribute(CALL);
    guard.require(call, () -> requireSameBody(call, context));
    guard.require(
        call,
        () -> {
          if (!guard.approvals().approve(call, context.httpRequest())) {
            throw Guard.changed(call, "the invocation id");
          }
        });
  }

  private static void requireSameBody(GuardedCall call, Context.BeforeTransmission context) {
    Marshalled marshalled = call.marshalled();
    String differs =
        marshalled == null
            ? "the body"
            : marshalled.differs(context.requestBody(), context.asyncRequestBody());
    if (differs != null) {
      throw Guard.changed(call, differs);
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    GuardedCall call = attributes.getAttribute(CALL);
    guard.require(call, () -> guard.rules().checkResponse(call.call(), context.response()));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    GuardedCall call = attributes.getAttribute(CALL);
    if (call != null) {
      guard.approvals().end(call);
    }
  }
}
