// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.InProcessFunction;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.http.HttpLimits;
import dev.powertools.local.http.HttpServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The function with everything that calls it, inside the sandbox. Thread-safe. */
final class FunctionHost {
  /** API Gateway's: 10,240 bytes of request line and headers, 10 MB of body. */
  private static final HttpLimits LIMITS = new HttpLimits(10_240, 10 * 1024 * 1024, 512);

  private final InProcessFunction function;
  private final Wire wire;
  private final HttpServer server;

  private FunctionHost(InProcessFunction function, Wire wire, HttpServer server) {
    this.function = function;
    this.wire = wire;
    this.server = server;
  }

  /** Listens at once; requests wait until the function is initialised, and its queues are there. */
  static FunctionHost start(RunOptions options, Wire wire) {
    FunctionCode code = FunctionCode.of(options, wire);
    InProcessFunction function = LocalFunction.inProcess(options.function(), code::newEnvironment);
    WatchedFunction watched =
        new WatchedFunction(new ObservedFunction(function, wire), function, code, wire);
    Gateway gateway = new Gateway(options, watched, wire);
    HttpServer server = HttpServer.start("The HTTP front", options.port(), LIMITS, gateway);
    FunctionHost host = new FunctionHost(function, wire, server);
    QueueFeeds feeds = host.prepare(options);
    if (feeds != null) {
      feeds.feed(options, watched, wire);
    }
    gateway.open(new Gateway.Controls(server.port(), host::cold, feeds));
    if (options.watch()) {
      watched.watch();
    }
    return host;
  }

  int port() {
    return server.port();
  }

  void cold() {
    function.cold();
    wire.tell(Wire.Kind.NOTE, "the next invocation is a cold start");
  }

  /** The queues take a second and more: they start beside the function. */
  private @Nullable QueueFeeds prepare(RunOptions options) {
    if (options.queues().isEmpty()) {
      function.prepare();
      return null;
    }
    CompletableFuture<QueueFeeds> feeds =
        CompletableFuture.supplyAsync(() -> QueueFeeds.start(options));
    function.prepare();
    try {
      return feeds.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PowertoolsException reason ? reason : e;
    }
  }
}
