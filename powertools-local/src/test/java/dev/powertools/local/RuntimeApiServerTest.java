// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeApiServerTest {
  private static final String RUNTIME = "/2018-06-01/runtime/";

  private final InvocationExchange exchange = new InvocationExchange("com.example.Handler");
  private final RuntimeApiServer server = RuntimeApiServer.start(exchange, 0);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    exchange.end("closed", "");
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder builder = request(path);
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return client.send(
        builder.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private CompletableFuture<Reply> offer(InvokeOptions options) {
    return exchange.offer(
        new Invocation(
            options,
            "{\"a\":1}".getBytes(UTF_8),
            "arn:f",
            Instant.ofEpochMilli(1_700_000_000_123L),
            Sandbox.withoutEnd()));
  }

  private void offered(InvokeOptions options) {
    assertThat(offer(options)).isNotDone();
  }

  private CompletableFuture<Reply> offer(String requestId) {
    return offer(InvokeOptions.builder().requestId(requestId).build());
  }

  private static String text(CompletableFuture<Reply> reply) throws Exception {
    return new String(reply.get(10, TimeUnit.SECONDS).payload(), UTF_8);
  }

  @Nested
  class Next {
    @Test
    void has_the_event_and_every_header() throws Exception {
      offered(
          InvokeOptions.builder()
              .requestId("r")
              .traceId("Root=1")
              .tenantId("müller")
              .clientContext("{\"c\":1}")
              .cognitoIdentity("{\"i\":1}")
              .build());

      HttpResponse<String> next = get(RUNTIME + "invocation/next");

      assertThat(next.statusCode()).isEqualTo(200);
      assertThat(next.body()).isEqualTo("{\"a\":1}");
      assertThat(next.headers().map())
          .containsEntry("lambda-runtime-aws-request-id", List.of("r"))
          .containsEntry("lambda-runtime-deadline-ms", List.of("1700000000123"))
          .containsEntry("lambda-runtime-invoked-function-arn", List.of("arn:f"))
          .containsEntry("lambda-runtime-trace-id", List.of("Root=1"))
          .containsEntry("lambda-runtime-client-context", List.of("{\"c\":1}"))
          .containsEntry("lambda-runtime-cognito-identity", List.of("{\"i\":1}"));
      String tenant = next.headers().firstValue("lambda-runtime-aws-tenant-id").orElseThrow();
      assertThat(new String(tenant.getBytes(ISO_8859_1), UTF_8)).isEqualTo("müller");
    }

    @Test
    void leaves_out_what_an_invocation_does_not_have() throws Exception {
      offered(InvokeOptions.builder().requestId("r").build());

      assertThat(get(RUNTIME + "invocation/next").headers().map())
          .doesNotContainKeys("lambda-runtime-aws-tenant-id", "lambda-runtime-client-context");
    }

    @Test
    void says_that_the_runtime_is_ready_and_waits() throws Exception {
      CompletableFuture<HttpResponse<String>> next =
          client.sendAsync(
              request(RUNTIME + "invocation/next").build(), HttpResponse.BodyHandlers.ofString());

      exchange.ready().get(10, TimeUnit.SECONDS);
      assertThat(next).isNotDone();
      offered(InvokeOptions.defaults());

      assertThat(next.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void is_gone_once_the_environment_has_ended() throws Exception {
      exchange.end("killed", "");

      assertThat(get(RUNTIME + "invocation/next").statusCode()).isEqualTo(410);
      assertThat(get(RUNTIME + "invocation/next").statusCode()).isEqualTo(410);
    }
  }

  @Nested
  class Answers {
    @Test
    void a_response_completes_its_invocation() throws Exception {
      CompletableFuture<Reply> reply = offer("r");

      assertThat(post(RUNTIME + "invocation/r/response", "[1]").statusCode()).isEqualTo(202);

      assertThat(text(reply)).isEqualTo("[1]");
    }

    @Test
    void an_error_completes_its_invocation_with_its_kind() throws Exception {
      CompletableFuture<Reply> reply = offer("r");

      post(
          RUNTIME + "invocation/r/error",
          "{\"errorMessage\":\"m\"}",
          "Lambda-Runtime-Function-Error-Type",
          "Runtime.BadFunctionCode");

      assertThat(reply.join().kind()).isEqualTo(Reply.Kind.BAD_FUNCTION_CODE);
    }

    @Test
    void a_second_answer_is_refused_and_changes_nothing() throws Exception {
      CompletableFuture<Reply> reply = offer("r");
      post(RUNTIME + "invocation/r/response", "1");

      assertThat(post(RUNTIME + "invocation/r/response", "2").statusCode()).isEqualTo(400);

      assertThat(text(reply)).isEqualTo("1");
    }

    @Test
    void an_unknown_request_id_is_refused() throws Exception {
      CompletableFuture<Reply> reply = offer("r");

      HttpResponse<String> response = post(RUNTIME + "invocation/other/response", "1");

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("InvalidRequestID", "other");
      assertThat(reply).isNotDone();
    }

    @Test
    void an_init_error_fails_the_environment() throws Exception {
      String error = "{\"errorType\":\"X\",\"errorMessage\":\"no connection\"}";

      assertThat(post(RUNTIME + "init/error", error).statusCode()).isEqualTo(202);

      assertThatThrownBy(() -> exchange.ready().get())
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("com.example.Handler")
          .hasMessageContaining("no connection (X)");
    }

    @Test
    void a_restore_is_granted_at_once() throws Exception {
      assertThat(get(RUNTIME + "restore/next").statusCode()).isEqualTo(200);
      assertThat(post(RUNTIME + "restore/error", "{}").statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/", "/2018-06-01/runtime/", "/2018-06-01/runtime/invocation", "/favicon.ico"})
    void an_unknown_path_is_not_found(String path) throws Exception {
      assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void an_answer_after_the_end_is_refused() throws Exception {
      CompletableFuture<Reply> reply = offer("r");
      exchange.end("Runtime exited with error: signal: killed", "");

      assertThat(post(RUNTIME + "invocation/r/response", "late").statusCode()).isEqualTo(400);
      assertThat(text(reply)).contains("Runtime.ExitError", "signal: killed");
    }
  }

  /** What the JDK's client doesn't send. */
  @Nested
  class On_the_wire {
    private String send(String request, int responses) throws IOException {
      URI uri = URI.create("http://" + server.address());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.shutdownOutput();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        String all = String.join("\n", reader.lines().toList());
        assertThat(all.split("HTTP/1.1", -1)).hasSize(responses + 1);
        return all;
      }
    }

    private String chunks(String... parts) {
      StringBuilder body = new StringBuilder();
      for (String part : parts) {
        body.append(part.length()).append(";ext=1\r\n").append(part).append("\r\n");
      }
      return body.append("0\r\nTrailer: x\r\n\r\n").toString();
    }

    @Test
    void chunks_are_joined() throws Exception {
      CompletableFuture<Reply> reply = offer("r");

      send(
          "POST /2018-06-01/runtime/invocation/r/response HTTP/1.1\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + chunks("[1,2", ",3", "]"),
          1);

      assertThat(text(reply)).isEqualTo("[1,2,3]");
    }

    @Test
    void a_client_that_waits_for_100_is_told_to_continue() throws Exception {
      CompletableFuture<Reply> reply = offer("r");

      String all =
          send(
              "POST /2018-06-01/runtime/invocation/r/response HTTP/1.1\r\n"
                  + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
              2);

      assertThat(all).startsWith("HTTP/1.1 100 Continue").contains("HTTP/1.1 202 Accepted");
      assertThat(text(reply)).isEqualTo("{}");
    }

    @Test
    void a_connection_serves_several_requests() throws Exception {
      send("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\n\n", 2);
    }

    @Test
    void close_means_the_last_request() throws Exception {
      send("GET /a HTTP/1.1\r\nConnection: Close\r\n\r\nGET /b HTTP/1.1\r\n\r\n", 1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "nonsense\r\n\r\n",
          "GET / HTTP/2\r\n\r\n",
          "GET / HTTP/1.1\r\nno colon\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"
        })
    void what_is_no_request_gets_400_and_the_connection_ends(String request) throws Exception {
      assertThat(send(request, 1)).startsWith("HTTP/1.1 400 Bad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000000000", "99999999999999", "99999999"})
    void a_body_over_the_limit_gets_413_and_the_connection_ends(String length) throws Exception {
      String request = "POST / HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n";

      assertThat(send(request, 1)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void a_request_cut_short_gets_no_answer() throws Exception {
      send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", 0);
      send("POST / HTT", 0);
    }
  }
}
