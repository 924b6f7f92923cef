// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a function's process and its queues, and does to requests what a test says; all
 * pass at first. Thread-safe.
 */
final class SqsFaultProxy implements AutoCloseable {

  /** What is answered to a request; {@link #NONE} breaks the connection. */
  record Answer(int status, String body) {

    static final Answer NONE = new Answer(0, "");

    static Answer internalError() {
      return error(500, "InternalFailure");
    }

    static Answer throttled() {
      return error(400, "RequestThrottled");
    }

    private static Answer error(int status, String code) {
      String body = "{\"__type\":\"com.amazonaws.sqs#%s\",\"message\":\"chaos\"}".formatted(code);
      return new Answer(status, body);
    }
  }

  /** Sends the request on to the queues. */
  @FunctionalInterface
  interface Onward {
    Answer pass() throws IOException;
  }

  /** What becomes of a request for one operation, such as {@code SendMessageBatch}. */
  @FunctionalInterface
  interface Fault {
    Fault NONE = (operation, onward) -> onward.pass();

    Answer answer(String operation, Onward onward) throws IOException;
  }

  private static final List<String> HEADERS =
      List.of("Content-Type", "X-Amz-Target", "Authorization", "X-Amz-Date");

  private final URI queues;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "sqs-fault-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer server;
  private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
  private volatile Fault fault = Fault.NONE;

  private SqsFaultProxy(URI queues) throws IOException {
    this.queues = queues;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static SqsFaultProxy before(URI queues) throws IOException {
    return new SqsFaultProxy(queues);
  }

  /** Where a client finds it. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this becomes of requests. */
  void fault(Fault value) {
    fault = value;
  }

  /** How many requests for an operation there were. */
  int seen(String operation) {
    return seen.getOrDefault(operation, new AtomicInteger()).get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String operation = target.substring(target.indexOf('.') + 1);
      seen.computeIfAbsent(operation, o -> new AtomicInteger()).incrementAndGet();
      Answer answer = fault.answer(operation, () -> pass(exchange, body));
      if (answer.status() != 0) {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        byte[] text = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), text.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(text);
        }
      }
    }
  }

  private Answer pass(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(queues.resolve(exchange.getRequestURI()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : HEADERS) {
      exchange.getRequestHeaders().getOrDefault(header, List.of()).stream()
          .findFirst()
          .ifPresent(value -> request.header(header, value));
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
