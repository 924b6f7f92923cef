// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens units of work as the platform and the engines do. */
final class TestFunction {

  private TestFunction() {}

  static FunctionRuntime runtime() {
    return runtime(Map.of());
  }

  static FunctionRuntime runtime(Map<String, String> environment) {
    return FunctionRuntime.builder().config(Config.of(environment)).build();
  }

  static LiveInvocation invocation(String requestId) {
    return LiveInvocation.under(runtime()).context(new TestContext(requestId)).open();
  }

  static LiveInvocation invocation(String requestId, Object event) {
    return LiveInvocation.under(runtime())
        .context(new TestContext(requestId))
        .event(EventView.of(event))
        .open();
  }

  /** Runs a call in a unit of work, and ends that. */
  static @Nullable Object run(LiveInvocation invocation, Call call) {
    try {
      return Entry.run(invocation, Scope.of(invocation), call);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static void run(LiveInvocation invocation, Runnable task) {
    run(
        invocation,
        () -> {
          task.run();
          return null;
        });
  }

  /** The context that the platform gives. */
  record TestContext(String requestId) implements Context {

    @Override
    public String getAwsRequestId() {
      return requestId;
    }

    @Override
    public String getLogGroupName() {
      return "group";
    }

    @Override
    public String getLogStreamName() {
      return "stream";
    }

    @Override
    public String getFunctionName() {
      return "orders";
    }

    @Override
    public String getFunctionVersion() {
      return "42";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn:aws:lambda:eu-west-1:012345678910:function:orders";
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
      return 1000;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 512;
    }

    @Override
    public @Nullable LambdaLogger getLogger() {
      return null;
    }

    @Override
    public String getXrayTraceId() {
      return "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    }
  }
}
