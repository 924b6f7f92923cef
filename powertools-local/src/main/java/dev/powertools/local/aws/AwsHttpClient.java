// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** The HTTP client that the SDK's synchronous clients are given. Thread-safe. */
final class AwsHttpClient implements SdkHttpClient {

  private final Wire wire;

  AwsHttpClient(Wire wire) {
    this.wire = wire;
  }

  @Override
  public String clientName() {
    return "PowertoolsLocal";
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] body = body(request);
        return response(wire.send(request.httpRequest(), body));
      }

      @Override
      public void abort() {
        // the SDK interrupts the thread as well, which ends every wait here
      }
    };
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    ContentStreamProvider content = request.contentStreamProvider().orElse(null);
    if (content == null) {
      return new byte[0];
    }
    try (InputStream stream = content.newStream()) {
      return stream.readAllBytes();
    }
  }

  private static HttpExecuteResponse response(AwsAnswer answer) {
    return HttpExecuteResponse.builder()
        .response(head(answer))
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }

  static SdkHttpFullResponse head(AwsAnswer answer) {
    SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder().statusCode(answer.status());
    answer.headers().forEach(head::putHeader);
    return head.build();
  }

  @Override
  public void close() {
    // nothing is held: what is behind the wire belongs to the test
  }
}
