// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.powertools.core.Timing;

/**
 * The context as Lambda would have made it: the client takes names and sizes from environment
 * variables, which this JVM doesn't have, the remaining time from the wall clock, and its logger
 * writes to standard output.
 */
final class FunctionContext implements Context {
  private final Context delegate;
  private final FunctionOptions function;
  private final Timing timing;
  private final Invocation invocation;
  private final String logStream;
  private final LambdaLogger logger;

  FunctionContext(
      Context delegate,
      FunctionOptions function,
      Timing timing,
      Invocation invocation,
      String logStream,
      LambdaLogger logger) {
    this.delegate = delegate;
    this.function = function;
    this.timing = timing;
    this.invocation = invocation;
    this.logStream = logStream;
    this.logger = logger;
  }

  Sandbox sandbox() {
    return invocation.sandbox();
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
    return logStream;
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
    long left = invocation.deadline().toEpochMilli() - timing.now().toEpochMilli();
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left));
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
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
