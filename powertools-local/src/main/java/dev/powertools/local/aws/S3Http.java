// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.local.http.HttpHandler;
import dev.powertools.local.http.HttpLimits;
import dev.powertools.local.http.HttpRequest;
import dev.powertools.local.http.HttpResponse;
import dev.powertools.local.http.HttpServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The fake S3 on a port. Thread-safe. */
record S3Http(S3Fake fake) implements HttpHandler {

  private static final HttpLimits LIMITS = new HttpLimits(16_384, 64 * 1024 * 1024, 512);

  static HttpServer start(S3Fake fake) {
    return HttpServer.start("S3", 0, LIMITS, new S3Http(fake));
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    SdkHttpRequest http;
    try {
      http = read(request);
    } catch (IllegalArgumentException e) {
      return refuse(400, String.valueOf(e.getMessage()));
    }
    AwsAnswer answer =
        fake.answer(new AwsRequest("s3", S3Operations.of(http), http, request.body()));
    HttpResponse response = HttpResponse.of(answer.status(), body(answer));
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equals("Content-Length")) {
                response.header(name, value);
              }
            });
    return response;
  }

  /** Of an answer to {@code HEAD} the server tells the length alone. */
  private static byte[] body(AwsAnswer answer) {
    String length = answer.headers().get("Content-Length");
    boolean headOnly = answer.body().length == 0 && length != null;
    return headOnly ? new byte[Integer.parseInt(length)] : answer.body();
  }

  private static SdkHttpRequest read(HttpRequest request) {
    SdkHttpRequest.Builder http =
        SdkHttpRequest.builder()
            .protocol("http")
            .host(request.header("host", "127.0.0.1").replaceFirst(":\\d+$", ""))
            .method(SdkHttpMethod.fromValue(request.method()))
            .encodedPath(request.path());
    request.headers().forEach(http::putHeader);
    for (String parameter : request.query().split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (!parameter.isEmpty()) {
        http.appendRawQueryParameter(
            decoded(equals < 0 ? parameter : parameter.substring(0, equals)),
            equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
      }
    }
    return http.build();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public HttpResponse refuse(int status, String reason) {
    return HttpResponse.of(status, reason.getBytes(StandardCharsets.UTF_8));
  }
}
