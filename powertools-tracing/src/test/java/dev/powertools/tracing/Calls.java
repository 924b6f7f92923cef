// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.woven.Body;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls annotated methods through their chains, as woven code does. */
final class Calls {

  private Calls() {}

  /** The chain of the one method of this name. */
  static Chain chain(Class<?> owner, String method, boolean entry, FunctionRuntime runtime) {
    Method found =
        Arrays.stream(owner.getDeclaredMethods())
            .filter(each -> each.getName().equals(method))
            .findFirst()
            .orElseThrow();
    return Links.of(JoinPoints.method(found, entry), runtime)
        .annotations(List.of(found.getDeclaredAnnotations()))
        .chain();
  }

  /** Opens an invocation of a function around a call. */
  static @Nullable Object invoke(
      FunctionRuntime runtime, @Nullable Object event, Context context, Call call) {
    LiveInvocation function =
        LiveInvocation.under(runtime).context(context).event(EventView.of(event)).open();
    return run(function, call);
  }

  static @Nullable Object run(LiveInvocation function, Call call) {
    try {
      return Entry.run(function, Scope.of(function), call);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** A call of the current unit of work through a chain. */
  static @Nullable Object through(Chain chain, Body body, @Nullable Object... arguments)
      throws Throwable {
    return chain.call(Scope.currentInvocation(), null, arguments, body);
  }

  /** The platform's context; {@code trace} is X-Ray's header. */
  record TestContext(String requestId, @Nullable String trace, int remaining) implements Context {

    static final String ARN = "arn:aws:lambda:eu-west-1:012345678910:function:orders";

    static TestContext plain() {
      return new TestContext("r-1", null, 10_000);
    }

    static TestContext traced(String trace) {
      return new TestContext("r-1", trace, 10_000);
    }

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
      return ARN + ":live";
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
      return remaining;
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
    public @Nullable String getXrayTraceId() {
      return trace;
    }
  }
}
