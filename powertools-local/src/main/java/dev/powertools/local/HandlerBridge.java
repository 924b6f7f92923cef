// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.UserFault;
import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Production's runtime loop over an exchange: everything that depends on what the runtime client
 * doesn't promise starts here ({@link RuntimeClientAccess} holds the private parts).
 *
 * <p>The client's {@code main} is never called: it replaces {@code System.out} and calls {@code
 * System.exit}. The loop is its own, and so are handler discovery, serialisation and error JSON.
 */
final class HandlerBridge {
  private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

  private final FunctionOptions function;
  private final InProcessOptions options;
  private final InvocationExchange exchange;
  private final ExchangeClient client;
  private final HandlerObject object;
  private final String logStream;
  private final LambdaContextLogger logger;

  HandlerBridge(
      FunctionOptions function,
      InProcessOptions options,
      InvocationExchange exchange,
      HandlerObject object) {
    this.function = function;
    this.options = options;
    this.exchange = exchange;
    this.client = new ExchangeClient(exchange);
    this.object = object;
    this.logStream = function.newLogStream(options.timing().now());
    this.logger =
        new LambdaContextLogger(new LineSink(options.output()), LogLevel.UNDEFINED, LogFormat.TEXT);
  }

  /** Makes the handler and serves invocations until the exchange ends. */
  void run() throws Exception {
    RuntimeClientAccess access = RuntimeClientAccess.open(options.classLoader());
    LambdaRequestHandler handler;
    try {
      handler = decorated(access, object.get(() -> load(access)));
    } catch (UserFault fault) {
      exchange.initFailed(error(fault));
      return;
    }
    LambdaRequestHandler hooked =
        request -> client.current().sandbox().run(() -> call(handler, request));
    try {
      access.loop(hooked, logger, client);
    } catch (ExchangeClient.LoopEnded ended) {
      // As it should.
    }
  }

  private ByteArrayOutputStream call(LambdaRequestHandler handler, InvocationRequest request)
      throws Exception {
    if (object.isShared()) {
      System.clearProperty(TRACE_PROPERTY); // there is one for many: production sets none then
    }
    return object
        .hook()
        .aroundInvocation(request.getId(), () -> explained(() -> handler.call(request)));
  }

  private static <T> T explained(Callable<T> invocation) throws Exception {
    try {
      return invocation.call();
    } catch (RuntimeException e) {
      throw UnreadableEvent.explained(e);
    }
  }

  private LambdaRequestHandler load(RuntimeClientAccess access) throws Exception {
    Supplier<?> instance = options.instance();
    LambdaRequestHandler handler = instance == null ? discover() : access.wrap(make(instance));
    if (handler instanceof LambdaRequestHandler.UserFaultHandler faulty) {
      throw faulty.fault;
    }
    return handler;
  }

  private LambdaRequestHandler decorated(RuntimeClientAccess access, LambdaRequestHandler handler) {
    return access.decorate(
        handler,
        context ->
            new FunctionContext(
                context, function, options.timing(), client.current(), logStream, logger));
  }

  /** A constructor that throws is a fatal fault of the user's, as in production. */
  private static Object make(Supplier<?> instance) {
    try {
      return Objects.requireNonNull(instance.get(), "the instance supplier returned null");
    } catch (Throwable t) {
      throw UserFault.makeUserFault(t, true);
    }
  }

  private LambdaRequestHandler discover() {
    String name = function.handler();
    new HandlerCheck(name, options.classLoader())
        .ambiguity()
        .ifPresent(
            chance -> {
              throw UserFault.makeUserFault("Ambiguous handler: `" + name + "'");
            });
    try {
      return EventHandlerLoader.loadEventHandler(
          HandlerInfo.fromString(name, options.classLoader()));
    } catch (HandlerInfo.InvalidHandlerException e) {
      throw UserFault.makeUserFault("Invalid handler: `" + name + "'");
    } catch (ClassNotFoundException e) {
      return LambdaRequestHandler.classNotFound(e, HandlerInfo.className(name));
    } catch (LinkageError e) {
      return LambdaRequestHandler.initErrorHandler(e, HandlerInfo.className(name));
    }
  }

  private static FunctionError error(UserFault fault) {
    String type = fault.exception == null ? "" : fault.exception;
    List<String> trace = fault.trace == null ? List.of() : fault.trace.lines().toList();
    return new FunctionError(type, fault.msg, trace);
  }
}
