// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.http.HttpHandler;
import dev.powertools.local.http.HttpRequest;
import dev.powertools.local.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP front: an HTTP API of API Gateway whose every request is an event of the function,
 * Lambda's own {@code Invoke}, and what steers the local run ({@code POST /_local/cold}, {@code
 * POST /_local/queues/orders}).
 *
 * <p>Errors are an HTTP API's: a function that fails, runs out of its time or answers nonsense
 * gives 500 {@code {"message":"Internal Server Error"}}; 30 seconds are the gateway's own limit,
 * past which it answers 503 while the function runs on. The reasons are on the console.
 *
 * <p>Thread-safe.
 */
final class Gateway implements HttpHandler {
  private static final String LOCAL = "/_local/";
  static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  private final LocalFunction function;
  private final Wire wire;
  private final InvokeApi invokeApi;
  private final GatewayTimeout timeout;
  private final @Nullable String tenant;
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicReference<@Nullable Controls> controls = new AtomicReference<>();

  /**
   * What is there once the run has started.
   *
   * @param port that it listens on
   * @param cold makes the next invocation a cold start
   * @param feeds the queues, if there are any
   */
  record Controls(int port, Runnable cold, @Nullable QueueFeeds feeds) {}

  Gateway(RunOptions options, LocalFunction function, Wire wire) {
    this.function = function;
    this.wire = wire;
    this.tenant = options.tenant();
    this.invokeApi = new InvokeApi(function, options.tenant(), wire);
    this.timeout = new GatewayTimeout(options.function().timeout());
  }

  /** Lets requests in, which wait until then. */
  void open(Controls there) {
    controls.set(there);
    open.countDown();
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws InterruptedException {
    open.await();
    Controls there = Objects.requireNonNull(controls.get());
    try {
      if (InvokeApi.isFor(request)) {
        return invokeApi.handle(request);
      }
      return request.path().startsWith(LOCAL) ? local(request, there) : proxy(request, there);
    } catch (RuntimeException e) {
      wire.tell(Wire.Kind.PROBLEM, request.method() + " " + request.path() + ": " + e);
      return message(500, "Internal Server Error");
    }
  }

  @Override
  public HttpResponse refuse(int status, String reason) {
    wire.tell(Wire.Kind.PROBLEM, "refused with " + status + ": " + reason);
    return switch (status) {
      case 413 -> message(413, "Request Entity Too Large");
      case 431 -> message(431, "Request Header Fields Too Large");
      case 503 -> message(503, "Service Unavailable");
      default -> message(status, "Bad Request");
    };
  }

  static HttpResponse message(int status, String message) {
    return HttpResponse.json(status, "{\"message\":\"" + message + "\"}");
  }

  private static HttpResponse local(HttpRequest request, Controls there) {
    String what = request.path().substring(LOCAL.length());
    if (!request.method().equals("POST")) {
      return message(404, "Not Found");
    }
    if (what.equals("cold")) {
      there.cold().run();
      return HttpResponse.of(204, new byte[0]);
    }
    return what.startsWith("queues/") && there.feeds() != null
        ? send(there.feeds(), what.substring("queues/".length()), request.body())
        : message(404, "Not Found");
  }

  private static HttpResponse send(QueueFeeds feeds, String queue, byte[] body) {
    try {
      return HttpResponse.json(202, "{\"messageId\":\"" + feeds.send(queue, body) + "\"}");
    } catch (PowertoolsException e) {
      return message(404, "Not Found");
    }
  }

  private HttpResponse proxy(HttpRequest request, Controls there) throws InterruptedException {
    InvokeOptions.Builder builder = InvokeOptions.builder();
    String caller = request.header("x-amz-tenant-id", tenant == null ? "" : tenant);
    if (!caller.isEmpty()) {
      builder.tenantId(caller);
    }
    InvokeOptions options = builder.build();
    byte[] event;
    try {
      event =
          new HttpApiEvent(
                  request,
                  there.port(),
                  options.requestId(),
                  options.traceId(),
                  Timing.system().now())
              .json();
    } catch (IllegalArgumentException e) {
      return refuse(400, String.valueOf(e.getMessage()));
    }
    return event.length > MAX_EVENT_BYTES
        ? refuse(413, "an event over Lambda's 6 MB")
        : invoke(request.method() + " " + request.path(), event, options);
  }

  private HttpResponse invoke(String what, byte[] event, InvokeOptions options)
      throws InterruptedException {
    HttpResponse late = message(503, "Service Unavailable");
    return timeout.within(() -> respond(what, event, options), late);
  }

  private HttpResponse respond(String what, byte[] event, InvokeOptions options) {
    InvocationResult result;
    try {
      result = function.invoke(event, options);
    } catch (PowertoolsException e) {
      wire.tell(Wire.Kind.PROBLEM, String.valueOf(e.getMessage()));
      return message(500, "Internal Server Error");
    }
    HttpResponse response = response(result);
    Call.tell(wire, what, "" + response.status(), result);
    return response;
  }

  private HttpResponse response(InvocationResult result) {
    if (result.error().isPresent()) {
      return message(500, "Internal Server Error");
    }
    try {
      return HttpApiResponse.of(result.payload());
    } catch (HttpApiResponse.Malformed e) {
      wire.tell(
          Wire.Kind.PROBLEM,
          "The function's response can't become an HTTP response: "
              + e.getMessage()
              + "\n"
              + Call.shortened(result.text()));
      return message(500, "Internal Server Error");
    }
  }
}
