// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.event.EventView;
import dev.powertools.core.woven.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens units of work around calls, and ends them. */
public final class Entry {

  private Entry() {}

  /**
   * Opens the invocation of the function around a call that came from the platform, or from
   * somebody who stands in for it. The input stream of a stream handler is read here and handed on
   * as a copy, so that links can look into the event.
   */
  public static @Nullable Object open(
      FunctionRuntime runtime,
      Chain chain,
      Object handler,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Body body)
      throws Throwable {
    LiveInvocation invocation =
        LiveInvocation.under(runtime).context(context(arguments)).event(event(arguments)).open();
    Object second = arguments.length > 1 ? arguments[1] : null;
    try {
      return run(
          invocation,
          Scope.of(invocation, handler),
          () -> chain.call(invocation, target, arguments, body));
    } catch (PowertoolsException e) {
      return HttpErrors.answer(e, invocation, chain.joinPoint(), second);
    }
  }

  /** Opens a unit of work without a platform around a call of a method that is no entry. */
  public static @Nullable Object adHoc(
      FunctionRuntime runtime,
      Chain chain,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Body body)
      throws Throwable {
    LiveInvocation invocation = LiveInvocation.under(runtime).context(context(arguments)).open();
    return run(
        invocation, Scope.of(invocation), () -> chain.call(invocation, target, arguments, body));
  }

  /** Runs a call inside a unit of work, its hooks, and ends it. */
  public static @Nullable Object run(LiveInvocation invocation, Scope scope, Call call)
      throws Throwable {
    Throwable failure = null;
    try {
      return scope.call(() -> withHooks(invocation, call));
    } catch (Throwable t) {
      failure = t;
      throw t;
    } finally {
      FinalOutcome.Kind kind =
          failure == null ? FinalOutcome.Kind.DONE : FinalOutcome.Kind.RETRY_LATER;
      invocation.end(new FinalOutcome(kind, failure));
    }
  }

  private static @Nullable Object withHooks(LiveInvocation invocation, Call call) throws Throwable {
    try {
      return call.run();
    } finally {
      invocation.runBeforeResponse();
    }
  }

  private static @Nullable Context context(@Nullable Object[] arguments) {
    int last = arguments.length - 1;
    return last >= 0 && arguments[last] instanceof Context context ? context : null;
  }

  private static EventView event(@Nullable Object[] arguments) throws IOException {
    Object first = arguments.length == 0 ? null : arguments[0];
    if (first == null || first instanceof Context) {
      return EventView.empty();
    }
    if (first instanceof InputStream stream) {
      byte[] bytes = stream.readAllBytes();
      arguments[0] = new ByteArrayInputStream(bytes);
      return EventView.of(bytes);
    }
    return EventView.of(first);
  }
}
