// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.local.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** An HTTP API waits 30 s for an integration and not longer, whatever the function's timeout is. */
final class GatewayTimeout {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final boolean needed;

  GatewayTimeout(Duration functionTimeout) {
    this.needed = functionTimeout.compareTo(LIMIT) > 0;
  }

  /** The response, or the late one if it doesn't come in time; it is worked on all the same. */
  HttpResponse within(Supplier<HttpResponse> response, HttpResponse late)
      throws InterruptedException {
    if (!needed) {
      return response.get();
    }
    CompletableFuture<HttpResponse> future = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(future, response), "http-integration");
    thread.setDaemon(true);
    thread.start();
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return late;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void complete(
      CompletableFuture<HttpResponse> future, Supplier<HttpResponse> response) {
    try {
      future.complete(response.get());
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    }
  }
}
