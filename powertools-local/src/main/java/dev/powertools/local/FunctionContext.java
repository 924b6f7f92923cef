// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.powertools.core.Timing;
import java.time.Instant;

/**
 * The context as Lambda would have made it: the client takes names and sizes from environment
 * variables, which this JVM doesn't have, and the remaining time from the wall clock.
 */
final class FunctionContext implements Context {
  private final Context delegate;
  private final FunctionOptions function;
  private final Timing timing;
  private final Instant deadline;

  FunctionContext(Context delegate, FunctionOptions function, Timing timing, Instant deadline) {
    this.delegate = delegate;
    this.function = function;
    this.timing = timing;
    this.deadline = deadline;
  }

  @Override
  public String getAwsRequestId() {
    return delegate.getAwsRequestId();
  }

  @Override
  public String getLogGroupName() {
    return function.logGroup();
  }

  @Override
  public String getLogStreamName() {
    return "local[" + function.version() + "]" + Thread.currentThread().getId();
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return function.version();
  }

  @Override
  public String getInvokedFunctionArn() {
    return delegate.getInvokedFunctionArn();
  }

  @Override
  public CognitoIdentity getIdentity() {
    return delegate.getIdentity();
  }

  @Override
  public ClientContext getClientContext() {
    return delegate.getClientContext();
  }

  @Override
  public int getRemainingTimeInMillis() {
    long left = deadline.toEpochMilli() - timing.now().toEpochMilli();
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left));
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return delegate.getLogger();
  }

  @Override
  public String getTenantId() {
    return delegate.getTenantId();
  }

  @Override
  public String getXrayTraceId() {
    return delegate.getXrayTraceId();
  }
}
