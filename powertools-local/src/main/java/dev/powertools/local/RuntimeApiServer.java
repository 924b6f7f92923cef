// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.json.JsonWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, version 2018-06-01, for one execution environment, on 127.0.0.1.
 *
 * <p>A server of our own and not the JDK's: on JDK 17 that one delays each response with a body by
 * 40 ms, unless a system property is set before its classes load, and a library has no business
 * setting the properties of its host.
 *
 * <p>Thread-safe; its threads are daemons.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApiServer implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String INVOCATION = RUNTIME + "invocation/";
  private static final String OK = "{\"status\":\"OK\"}";

  private final InvocationExchange exchange;
  private final ServerSocket socket;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private RuntimeApiServer(InvocationExchange exchange, ServerSocket socket) {
    this.exchange = exchange;
    this.socket = socket;
  }

  /**
   * Listens.
   *
   * @param port 0 for any free port
   * @throws PowertoolsException naming the port if it is taken
   */
  static RuntimeApiServer start(InvocationExchange exchange, int port) {
    RuntimeApiServer server = new RuntimeApiServer(exchange, listen(port));
    daemon("runtime-api-" + server.socket.getLocalPort(), server::accept);
    return server;
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} is set to. */
  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(socket);
    connections.forEach(RuntimeApiServer::closeQuietly);
  }

  private static ServerSocket listen(int port) {
    try {
      // Closed on failure to bind by the constructor, afterwards by close().
      return new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new PowertoolsException(
          "The Runtime API can't listen on 127.0.0.1:"
              + port
              + " ("
              + e.getMessage()
              + "): end what holds the port, choose another one, or 0 for any free one",
          e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        String name = "runtime-api-" + ((InetSocketAddress) connection.getRemoteSocketAddress());
        daemon(name, () -> serve(connection));
      } catch (IOException closed) {
        // The loop's condition tells a closed server from a connection that failed.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (serveOne(in, out)) {
        // One request after the other, as keep-alive has it.
      }
    } catch (IOException gone) {
      // The runtime ended or was killed: whoever watches its process says so.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private boolean serveOne(BufferedInputStream in, OutputStream out)
      throws IOException, InterruptedException {
    HttpRequest request;
    try {
      request = HttpRequest.read(in, out);
    } catch (ProtocolException malformed) {
      problem(400, "InvalidRequest", malformed.getMessage()).write(out);
      return false;
    }
    if (request == null) {
      return false;
    }
    respond(request).write(out);
    return !request.lastOfConnection();
  }

  private HttpResponse respond(HttpRequest request) throws InterruptedException {
    String target = request.method() + " " + request.path();
    return switch (target) {
      case "GET " + INVOCATION + "next" -> next();
      case "POST " + RUNTIME + "init/error", "POST " + RUNTIME + "restore/error" ->
          initError(request);
      case "GET " + RUNTIME + "restore/next" -> HttpResponse.of(200, "");
      default -> answer(request);
    };
  }

  private HttpResponse next() throws InterruptedException {
    Invocation invocation = exchange.take();
    if (invocation == null) {
      return problem(410, "Shutdown", "the execution environment has ended");
    }
    InvokeOptions options = invocation.options();
    return HttpResponse.of(200, invocation.event())
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
    return HttpResponse.of(202, OK);
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
        ? HttpResponse.of(202, OK)
        : problem(400, "InvalidRequestID", "no such invocation waits: " + requestId);
  }

  private static Reply error(HttpRequest request) {
    return Reply.error(request.header("Lambda-Runtime-Function-Error-Type", ""), request.body());
  }

  private static HttpResponse problem(int status, String type, @Nullable String message) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("errorType").value(type);
    json.name("errorMessage").value(message);
    return HttpResponse.of(status, json.endObject().toByteArray());
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closing is all that we wanted of it.
    }
  }
}
