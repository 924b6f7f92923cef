// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.local.http.HttpHandler;
import dev.powertools.local.http.HttpLimits;
import dev.powertools.local.http.HttpRequest;
import dev.powertools.local.http.HttpResponse;
import dev.powertools.local.http.HttpServer;

/**
 * The Lambda Runtime API, version 2018-06-01, for one execution environment, on 127.0.0.1.
 *
 * <p>Thread-safe; its threads are daemons.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApiServer implements HttpHandler, AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String INVOCATION = RUNTIME + "invocation/";
  private static final String OK = "{\"status\":\"OK\"}";

  /** Room for a client's context in one header, and for a response above Lambda's limit. */
  private static final HttpLimits LIMITS =
      new HttpLimits(2 * 1024 * 1024, 32 * 1024 * 1024, Integer.MAX_VALUE);

  private final InvocationExchange exchange;
  private final HttpServer server;

  private RuntimeApiServer(InvocationExchange exchange, int port) {
    this.exchange = exchange;
    this.server = HttpServer.start("The Runtime API", port, LIMITS, this);
  }

  /**
   * Listens.
   *
   * @param port 0 for any free port
   * @throws PowertoolsException naming the port if it is taken
   */
  static RuntimeApiServer start(InvocationExchange exchange, int port) {
    return new RuntimeApiServer(exchange, port);
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} is set to. */
  String address() {
    return "127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  @Override
  public HttpResponse refuse(int status, String reason) {
    return problem(status, "InvalidRequest", reason);
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws InterruptedException {
    String target = request.method() + " " + request.path();
    return switch (target) {
      case "GET " + INVOCATION + "next" -> next();
      case "POST " + RUNTIME + "init/error", "POST " + RUNTIME + "restore/error" ->
          initError(request);
      case "GET " + RUNTIME + "restore/next" -> HttpResponse.json(200, "");
      default -> answer(request);
    };
  }

  private HttpResponse next() throws InterruptedException {
    Invocation invocation = exchange.take();
    if (invocation == null) {
      return problem(410, "Shutdown", "the execution environment has ended");
    }
    InvokeOptions options = invocation.options();
    return HttpResponse.json(200, invocation.event())
        .header("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
        .header("Lambda-Runtime-Deadline-Ms", "" + invocation.deadline().toEpochMilli())
        .header("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn())
        .header("Lambda-Runtime-Trace-Id", options.traceId())
        .header("Lambda-Runtime-Aws-Tenant-Id", options.tenantId())
        .header("Lambda-Runtime-Client-Context", options.clientContext())
        .header("Lambda-Runtime-Cognito-Identity", options.cognitoIdentity());
  }

  private HttpResponse initError(HttpRequest request) {
    exchange.initFailed(FunctionError.parse(request.body()));
    return HttpResponse.json(202, OK);
  }

  /** POST …/invocation/{id}/response or …/error. */
  private HttpResponse answer(HttpRequest request) {
    String path = request.path();
    int slash = path.lastIndexOf('/');
    if (!request.method().equals("POST") || !path.startsWith(INVOCATION) || slash < 0) {
      return problem(404, "NotFound", request.method() + " " + path);
    }
    String requestId = path.substring(INVOCATION.length(), Math.max(slash, INVOCATION.length()));
    boolean known =
        switch (path.substring(slash)) {
          case "/response" -> exchange.succeed(requestId, request.body());
          case "/error" -> exchange.answer(requestId, error(request));
          default -> false;
        };
    return known
        ? HttpResponse.json(202, OK)
        : problem(400, "InvalidRequestID", "no such invocation waits: " + requestId);
  }

  private static Reply error(HttpRequest request) {
    return Reply.error(request.header("Lambda-Runtime-Function-Error-Type", ""), request.body());
  }

  private static HttpResponse problem(int status, String type, String message) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("errorType").value(type);
    json.name("errorMessage").value(message);
    return HttpResponse.json(status, json.endObject().toByteArray());
  }
}
