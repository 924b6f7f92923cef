// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.event.EventView;
import dev.powertools.core.woven.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The door of a base class: opens the invocation for a call from the platform, and takes the call
 * through the chain of the handler. The body gets the event's bytes and the context, and returns
 * the response's bytes, or {@code null} for none. Thread-safe.
 */
public final class HandlerDoor {

  private final Object handler;
  private final ChainMemo chains;
  private final Body body;

  /**
   * Makes the chain where it can be made already, see {@link ChainMemo#linkHere}.
   *
   * @param handler the user's handler
   * @param source makes the chain, with the annotations of the receiver's type
   * @param body does the work
   */
  public HandlerDoor(Object handler, ChainSource source, Body body) {
    this.handler = handler;
    this.chains = new ChainMemo(source);
    this.body = body;
    chains.linkHere(handler.getClass());
  }

  /**
   * Handles one call from the platform.
   *
   * @throws IOException what the streams throw; anything else that the work throws passes through
   *     unchanged, checked exceptions too
   */
  public void handle(InputStream in, OutputStream out, @Nullable Context context)
      throws IOException {
    byte[] event = in.readAllBytes();
    FunctionRuntime runtime = RuntimeResolver.current(handler.getClass());
    LiveInvocation invocation =
        LiveInvocation.under(runtime).context(context).event(EventView.of(event)).open();
    Object response;
    try {
      response =
          Entry.run(
              invocation,
              Scope.of(invocation).entering(handler),
              () -> call(invocation, new Object[] {event, context}));
    } catch (PowertoolsException e) {
      response = HttpErrors.bytes(e, invocation);
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
    if (response instanceof byte[] bytes) {
      out.write(bytes);
    }
  }

  private @Nullable Object call(LiveInvocation invocation, @Nullable Object[] arguments)
      throws Throwable {
    return chains
        .get(invocation.runtime(), handler.getClass())
        .call(invocation, handler, arguments, body);
  }
}
