// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Sends requests by the method that a client has for them, so that an attack is written once for
 * synchronous and asynchronous clients.
 */
final class SdkCalls {

  private SdkCalls() {}

  /**
   * Sends a request and waits for the response.
   *
   * @throws Throwable what the client throws, or its future fails with
   */
  static void send(SdkClient client, SdkRequest request) throws Throwable {
    Method method = method(client, request.getClass());
    try {
      Object answer = method.invoke(client, arguments(method, request));
      if (answer instanceof CompletableFuture<?> future) {
        future.join();
      } else if (answer instanceof ResponseInputStream<?> content) {
        content.abort();
      }
    } catch (InvocationTargetException | CompletionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static Method method(SdkClient client, Class<?> request) {
    Method best = null;
    for (Class<?> face : client.getClass().getInterfaces()) {
      for (Method each : face.getMethods()) {
        boolean shorter = best == null || each.getParameterCount() < best.getParameterCount();
        if (takes(each, request) && shorter) {
          best = each;
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(client.serviceName() + " has no call for " + request);
    }
    return best;
  }

  private static boolean takes(Method method, Class<?> request) {
    List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
    return !parameters.isEmpty()
        && parameters.get(0) == request
        && !method.getName().endsWith("Paginator")
        && parameters.stream().skip(1).allMatch(type -> extra(type) != null);
  }

  private static @Nullable Object[] arguments(Method method, SdkRequest request) {
    @Nullable Object[] arguments = new Object[method.getParameterCount()];
    arguments[0] = request;
    for (int i = 1; i < arguments.length; i++) {
      arguments[i] = extra(method.getParameterTypes()[i]);
    }
    return arguments;
  }

  private static @Nullable Object extra(Class<?> type) {
    if (type == RequestBody.class) {
      return RequestBody.fromString("attack");
    }
    if (type == AsyncRequestBody.class) {
      return AsyncRequestBody.fromString("attack");
    }
    return type == AsyncResponseTransformer.class ? AsyncResponseTransformer.toBytes() : null;
  }
}
