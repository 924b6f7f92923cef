// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.BatchHandler;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.idempotency.KeyBuilder.Operation;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Builds the link of one method that is {@link Idempotent}, and refuses what can't work. */
final class IdempotentFactory implements InterceptorFactory<Idempotent> {

  @Override
  public @Nullable Interceptor create(
      Idempotent annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    if (IdempotencySettings.isDisabled(runtime)) {
      return null;
    }
    refuseWhatCannotWork(joinPoint);
    KeySource source = KeySources.find(annotation, joinPoint);
    Operation operation = operation(annotation.name(), joinPoint, runtime);
    Validation validation = KeySources.validation(annotation, joinPoint);
    IdempotencyOptions options = AnnotatedOptions.of(annotation, runtime);
    String method = annotation.name().isEmpty() ? joinPoint.name() : annotation.name();
    PowertoolsKeys foreign = PowertoolsFormat.keys(options, runtime, method, source);
    KeyBuilder keys = new KeyBuilder(runtime, operation, source, foreign);
    boolean streamed = StreamedWork.is(joinPoint);
    Type result = streamed ? byte[].class : joinPoint.returnType();
    Interceptor link =
        new IdempotencyInterceptor(
            runtime, PowertoolsFormat.applied(options, runtime, result), keys, validation, result);
    Interceptor shown = streamed ? StreamedWork.around(link) : link;
    return isUnknownEvent(joinPoint) ? WholeBatch.refusing(shown) : shown;
  }

  private static boolean isUnknownEvent(JoinPoint joinPoint) {
    List<Type> types = joinPoint.parameterTypes();
    return joinPoint.entry()
        && !types.isEmpty()
        && WholeBatch.isUnknown(KeySources.raw(types.get(0)));
  }

  private static void refuseWhatCannotWork(JoinPoint joinPoint) {
    if (joinPoint.entry() && BatchHandler.class.isAssignableFrom(joinPoint.owner())) {
      throw new ConfigurationException(
          "the event is a whole batch, and one claim for all of its records would repeat or skip"
              + " all of them together. Put @Idempotent on the method that handles one record.");
    }
    for (Type type : joinPoint.parameterTypes()) {
      Class<?> parameter = KeySources.raw(type);
      if (joinPoint.entry()) {
        WholeBatch.refuse(parameter);
      }
      if (OutputStream.class.isAssignableFrom(parameter) && !StreamedWork.is(joinPoint)) {
        throw new ConfigurationException(
            "what a method writes to a stream can only be stored and given again where it is the"
                + " function's handler (InputStream, OutputStream, Context). Put @Idempotent on"
                + " that, or on a method that returns the result.");
      }
    }
    Class<?> result = KeySources.raw(joinPoint.returnType());
    if (CompletionStage.class.isAssignableFrom(result) || Future.class.isAssignableFrom(result)) {
      throw new ConfigurationException(
          "the method returns before its work is done ("
              + result.getSimpleName()
              + "). Wait for the work and return its result, or use Idempotency.of(...) around the"
              + " work itself.");
    }
  }

  private static Operation operation(String name, JoinPoint joinPoint, FunctionRuntime runtime) {
    if (name.isEmpty()) {
      String method = signature(joinPoint);
      LoggerFactory.getLogger(Idempotent.class)
          .info(
              "@Idempotent on {} has no name: renaming the method or its class will run work again"
                  + " that was done before",
              method);
      return Operation.ofMethod(joinPoint.owner().getSimpleName() + "." + joinPoint.name(), method);
    }
    runtime.part(Names.class, r -> new Names()).take(name, joinPoint);
    return Operation.named(name);
  }

  private static String signature(JoinPoint joinPoint) {
    StringJoiner parameters = new StringJoiner(", ", "(", ")");
    for (Type type : joinPoint.parameterTypes()) {
      parameters.add(type.getTypeName());
    }
    return joinPoint.owner().getName() + "." + joinPoint.name() + parameters;
  }

  /** The names in one runtime: two methods of one name would give each other's results. */
  private static final class Names {

    private final Map<String, String> users = new ConcurrentHashMap<>();

    void take(String name, JoinPoint joinPoint) {
      String other = users.putIfAbsent(name, signature(joinPoint));
      if (other != null && !other.equals(signature(joinPoint))) {
        throw new ConfigurationException(
            "the name \"" + name + "\" is already that of " + other + ". Give each its own.");
      }
    }
  }
}
