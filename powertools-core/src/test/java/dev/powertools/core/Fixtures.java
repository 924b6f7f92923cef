// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of core share. */
public final class Fixtures {

  private Fixtures() {}

  /** A runtime that sees nothing of this process. */
  public static FunctionRuntime.Builder runtime() {
    return FunctionRuntime.builder().config(Config.of(Map.of()));
  }

  /** Runs with a runtime in force and no unit of work. */
  public static @Nullable Object under(FunctionRuntime runtime, Call call) {
    try {
      return Scope.of(runtime).call(call);
    } catch (Throwable t) {
      throw new AssertionError("unexpected: " + t, t);
    }
  }

  /** Runs inside a unit of work. */
  public static @Nullable Object inside(LiveInvocation invocation, Call call) {
    try {
      return Scope.of(invocation).call(call);
    } catch (Throwable t) {
      throw new AssertionError("unexpected: " + t, t);
    }
  }

  /** A context with a request id and time left. */
  public static Context context(String requestId, int remainingMillis) {
    return new TestContext(requestId, remainingMillis);
  }

  private record TestContext(String requestId, int remainingMillis) implements Context {
    @Override
    public String getAwsRequestId() {
      return requestId;
    }

    @Override
    public String getLogGroupName() {
      return "/aws/lambda/test";
    }

    @Override
    public String getLogStreamName() {
      return "stream";
    }

    @Override
    public String getFunctionName() {
      return "test";
    }

    @Override
    public String getFunctionVersion() {
      return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn:aws:lambda:eu-central-1:123456789012:function:test";
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return remainingMillis;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 512;
    }

    @Override
    public @Nullable LambdaLogger getLogger() {
      return null;
    }
  }
}
