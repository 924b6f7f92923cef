// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Builds the link of one method that has {@link Retry}, and refuses what can't work. */
final class RetryFactory implements InterceptorFactory<Retry> {

  @Override
  public @Nullable Interceptor create(
      Retry annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    RetryOptions options = RetryOptions.of(annotation);
    for (Type type : joinPoint.parameterTypes()) {
      refuseStream(type);
    }
    refuseUnfinished(joinPoint.returnType());
    return link(options, joinPoint.describe(), runtime);
  }

  /** The link; {@code null} if there is but one attempt. */
  static @Nullable Interceptor link(RetryOptions options, String work, FunctionRuntime runtime) {
    return options.attempts() == 1 ? null : new RetryInterceptor(options, work, runtime);
  }

  private static void refuseStream(Type type) {
    if (isA(type, InputStream.class) || isA(type, OutputStream.class)) {
      throw new ConfigurationException(
          "the first attempt uses up the stream that it is given ("
              + type.getTypeName()
              + "). Put @Retry on a method that takes what was read, and returns what is to be"
              + " written.");
    }
  }

  private static void refuseUnfinished(Type type) {
    if (isA(type, CompletionStage.class) || isA(type, Future.class)) {
      throw new ConfigurationException(
          "the method returns before its work is done ("
              + type.getTypeName()
              + "), so nobody sees it fail. Wait for the work and return its result, or use"
              + " Retries.of(...) around the work itself.");
    }
  }

  private static boolean isA(Type type, Class<?> wanted) {
    Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
    return raw instanceof Class<?> given && wanted.isAssignableFrom(given);
  }
}
