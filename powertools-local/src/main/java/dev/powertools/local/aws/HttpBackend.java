// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Sends requests on over HTTP, as they are or to another address. Thread-safe as its client is. */
final class HttpBackend implements Backend {

  private final SdkHttpClient client;
  private final @Nullable URI address;

  private HttpBackend(SdkHttpClient client, @Nullable URI address) {
    this.client = client;
    this.address = address;
  }

  static HttpBackend asItIs(SdkHttpClient client) {
    return new HttpBackend(client, null);
  }

  static HttpBackend to(URI address, SdkHttpClient client) {
    return new HttpBackend(client, address);
  }

  @Override
  public AwsAnswer answer(AwsRequest request) throws IOException {
    HttpExecuteRequest sent =
        HttpExecuteRequest.builder()
            .request(addressed(request.http()))
            .contentStreamProvider(() -> new ByteArrayInputStream(request.body()))
            .build();
    return answer(client.prepareRequest(sent).call());
  }

  private SdkHttpRequest addressed(SdkHttpRequest request) {
    if (address == null) {
      return request;
    }
    return request.toBuilder()
        .protocol(address.getScheme())
        .host(address.getHost())
        .port(address.getPort())
        .removeHeader("Host")
        .build();
  }

  private static AwsAnswer answer(HttpExecuteResponse response) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .httpResponse()
        .forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
    try (InputStream body =
        response
            .responseBody()
            .map(InputStream.class::cast)
            .orElse(InputStream.nullInputStream())) {
      return new AwsAnswer(response.httpResponse().statusCode(), headers, body.readAllBytes());
    }
  }
}
