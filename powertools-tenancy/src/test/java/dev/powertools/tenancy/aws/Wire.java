// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A network in memory: remembers what is sent, and answers as it is told. Thread-safe. */
final class Wire implements SdkHttpClient {

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Function<Sent, Answer> answers = each -> new Answer(200, "{}");
  private volatile boolean closed;

  /** What was sent. */
  record Sent(SdkHttpRequest request, String body) {}

  /** What comes back. */
  record Answer(int status, String body) {}

  Wire answering(Function<Sent, Answer> value) {
    answers = value;
    return this;
  }

  Answer answer(Sent request) {
    sent.add(request);
    return answers.apply(request);
  }

  List<Sent> sent() {
    return sent;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        Answer answer = answer(new Sent(request.httpRequest(), body(request)));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
            .response(head(answer, bytes))
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  static SdkHttpResponse head(Answer answer, byte[] bytes) {
    return SdkHttpResponse.builder()
        .statusCode(answer.status())
        .putHeader("Content-Length", String.valueOf(bytes.length))
        .putHeader("ETag", "e")
        .build();
  }

  private static String body(HttpExecuteRequest request) {
    return Optional.ofNullable(request.contentStreamProvider().orElse(null))
        .map(
            provider -> {
              try {
                return new String(provider.newStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .orElse("");
  }

  @Override
  public String clientName() {
    return "Wire";
  }

  @Override
  public void close() {
    closed = true;
  }
}
