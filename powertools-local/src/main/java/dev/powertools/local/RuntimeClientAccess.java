// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.UserFault;
import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.api.client.util.ConcurrencyConfig;
import com.amazonaws.services.lambda.runtime.api.client.util.EnvReader;
import dev.powertools.core.PowertoolsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the runtime client that it keeps to itself, reached by method handles.
 *
 * <p>Why at all: the loop is protected, and three things have no door. The client's {@code main}
 * puts the class loader for AWS's event types into a private field; without it they can't be read.
 * The wrapping of a ready-made handler object, and of a handler under another {@link Context}, is
 * private too. All of it is in the unnamed module, so no {@code --add-opens} is needed, and a
 * client that changed is one clear exception away from {@link LocalFunction#fork}, which uses none
 * of this.
 */
final class RuntimeClientAccess {
  /** How our own frame looks in a handler's stack trace. */
  static final String FRAME = UnderContext.class.getName() + ".";

  private final MethodHandle wrapStream;
  private final MethodHandle wrapPojo;
  private final MethodHandle typeArguments;

  private RuntimeClientAccess(MethodHandles.Lookup loader) throws ReflectiveOperationException {
    Class<?> owner = EventHandlerLoader.class;
    wrapStream =
        loader.findStatic(
            owner,
            "wrapRequestStreamHandler",
            MethodType.methodType(LambdaRequestHandler.class, RequestStreamHandler.class));
    wrapPojo =
        loader.findStatic(
            owner,
            "wrapPojoHandler",
            MethodType.methodType(
                LambdaRequestHandler.class, RequestHandler.class, Type.class, Type.class));
    typeArguments =
        loader.findStatic(
            owner,
            "findInterfaceParameters",
            MethodType.methodType(Type[].class, Class.class, Class.class));
  }

  static RuntimeClientAccess open(ClassLoader classLoader) {
    RuntimeClientInitialization.ensure();
    try {
      MethodHandles.Lookup own = MethodHandles.lookup();
      MethodHandles.privateLookupIn(AWSLambda.class, own)
          .findStaticVarHandle(AWSLambda.class, "customerClassLoader", URLClassLoader.class)
          .compareAndSet(null, new URLClassLoader(new URL[0], loaderOfEvents(classLoader)));
      return new RuntimeClientAccess(MethodHandles.privateLookupIn(EventHandlerLoader.class, own));
    } catch (ReflectiveOperationException e) {
      throw unknownClient(e);
    }
  }

  /**
   * The loader that defines AWS's event types, and not one below it: the client's field is set once
   * in a JVM's life and would keep a reloaded function's loader for ever.
   */
  private static ClassLoader loaderOfEvents(ClassLoader classLoader) {
    try {
      Class<?> event =
          Class.forName(
              "com.amazonaws.services.lambda.runtime.events.SQSEvent", false, classLoader);
      return event.getClassLoader();
    } catch (ClassNotFoundException | LinkageError e) {
      return AWSLambda.class.getClassLoader();
    }
  }

  /** Runs production's loop on this thread until the client it is given throws. */
  void loop(LambdaRequestHandler handler, LambdaContextLogger log, LambdaRuntimeApiClient client)
      throws Exception {
    Loop.run(handler, log, client);
  }

  /** What production makes of a handler's class, made of a handler object. */
  LambdaRequestHandler wrap(Object handler) {
    if (handler instanceof RequestStreamHandler stream) {
      return invoke(() -> wrapStream.invoke(stream));
    }
    if (handler instanceof RequestHandler<?, ?> pojo) {
      Type[] types = concrete(typeArguments(pojo.getClass()), pojo.getClass());
      return invoke(() -> wrapPojo.invoke(pojo, types[0], types[1]));
    }
    throw UserFault.makeUserFault(
        "Class does not implement an appropriate handler interface: "
            + handler.getClass().getName());
  }

  /** The same handler under another context, or unchanged where the client hides its handler. */
  LambdaRequestHandler decorate(LambdaRequestHandler handler, UnaryOperator<Context> context) {
    return Stream.of(handler.getClass().getDeclaredFields())
        .filter(field -> field.getType() == RequestStreamHandler.class)
        .findFirst()
        .map(field -> wrap(new UnderContext(inner(handler, field), context)))
        .orElse(handler);
  }

  private static RequestStreamHandler inner(LambdaRequestHandler handler, Field field) {
    return invoke(
        () ->
            MethodHandles.privateLookupIn(handler.getClass(), MethodHandles.lookup())
                .unreflectGetter(field)
                .invoke(handler));
  }

  private Type @Nullable [] typeArguments(Class<?> type) {
    return invoke(() -> (Type[]) typeArguments.invoke(type, RequestHandler.class));
  }

  private static Type[] concrete(Type @Nullable [] types, Class<?> type) {
    if (types == null
        || types.length != 2
        || Stream.of(types).anyMatch(TypeVariable.class::isInstance)) {
      throw UserFault.makeUserFault(
          "Class "
              + type.getName()
              + " does not implement RequestHandler with concrete type parameters"
              + (type.isSynthetic() ? ": a lambda has none, use a class" : ""));
    }
    return types;
  }

  /** A call by method handle, whose result's type its signature proves. */
  private interface Call {
    Object run() throws Throwable;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T invoke(Call call) {
    try {
      return (T) call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw unknownClient(e);
    }
  }

  private static PowertoolsException unknownClient(Throwable e) {
    return new PowertoolsException(
        "This version of aws-lambda-java-runtime-interface-client can't run in process (made for"
            + " 2.8.7 to 2.9.0): use such a version, or LocalFunction.fork",
        e);
  }

  /** A stream handler that sees the context of the function's options. */
  private record UnderContext(RequestStreamHandler handler, UnaryOperator<Context> context)
      implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context original)
        throws IOException {
      handler.handleRequest(input, output, context.apply(original));
    }
  }

  /** The door to the protected loop; loaded only after {@link RuntimeClientInitialization}. */
  private static final class Loop extends AWSLambda {
    static void run(
        LambdaRequestHandler handler, LambdaContextLogger log, LambdaRuntimeApiClient client)
        throws Exception {
      startRuntimeLoops(handler, log, new ConcurrencyConfig(log, new NoVariables()), client);
    }
  }

  /** One invocation at a time, whatever this JVM's environment says. */
  private static final class NoVariables extends EnvReader {
    @Override
    public @Nullable String getEnv(String name) {
      return null;
    }
  }
}
