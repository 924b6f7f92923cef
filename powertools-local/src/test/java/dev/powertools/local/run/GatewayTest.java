// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.json.JsonTree;
import dev.powertools.local.http.HttpLimits;
import dev.powertools.local.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as events, and responses as an HTTP API of API Gateway sends them. */
class GatewayTest {

  private static HttpRequest request(String head, byte[] body) throws IOException {
    byte[] start =
        (head.strip().replace("\n", "\r\n") + "\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    HttpRequest request =
        HttpRequest.read(
            new ByteArrayInputStream(whole),
            OutputStream.nullOutputStream(),
            new HttpLimits(10_000, 10_000, 1));
    assertThat(request).isNotNull();
    return request;
  }

  private static Map<?, ?> event(String head, byte[] body) throws IOException {
    byte[] json =
        new HttpApiEvent(
                request(head, body), 8080, "r-1", "Root=1", Instant.parse("2026-01-02T03:04:05Z"))
            .json();
    return (Map<?, ?>) JsonTree.read(json, JsonTree.Duplicates.MARK);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Nested
  class An_event {

    @Test
    void has_the_path_decoded_and_the_query_both_ways() throws Exception {
      Map<?, ?> event = event("GET /a%20b/c+d?x=1&x=%26&y HTTP/1.1", new byte[0]);

      assertThat(event.get("rawPath")).isEqualTo("/a b/c+d");
      assertThat(event.get("rawQueryString")).isEqualTo("x=1&x=%26&y");
      assertThat(event.get("queryStringParameters")).isEqualTo(Map.of("x", "1,&", "y", ""));
    }

    @Test
    void joins_repeated_headers_and_lists_cookies_apart() throws Exception {
      Map<?, ?> event =
          event("GET / HTTP/1.1\nAccept: a\naccept: b\nCookie: s=1; t=2", new byte[0]);

      assertThat(event.get("cookies")).isEqualTo(List.of("s=1", "t=2"));
      Map<?, ?> headers = (Map<?, ?>) event.get("headers");
      assertThat(headers.get("accept")).isEqualTo("a,b");
      assertThat(headers.containsKey("cookie")).isFalse();
    }

    @Test
    void says_who_asked_and_when() throws Exception {
      Map<?, ?> context =
          (Map<?, ?>) event("PUT /x HTTP/1.1\nUser-Agent: me", new byte[0]).get("requestContext");

      assertThat(context.get("requestId")).isEqualTo("r-1");
      assertThat(context.get("time")).isEqualTo("02/Jan/2026:03:04:05 +0000");
      Map<?, ?> http = (Map<?, ?>) context.get("http");
      assertThat(http.get("method")).isEqualTo("PUT");
      assertThat(http.get("userAgent")).isEqualTo("me");
    }

    @ParameterizedTest
    @CsvSource({
      "application/json, false",
      "text/html; charset=utf-8, false",
      "application/problem+json, false",
      "application/x-www-form-urlencoded, true",
      "image/png, true"
    })
    void has_a_body_in_base64_unless_it_is_declared_as_text(String type, boolean base64)
        throws Exception {
      Map<?, ?> event = event("POST / HTTP/1.1\nContent-Type: " + type, utf8("é"));

      assertThat(event.get("isBase64Encoded")).isEqualTo(base64);
      assertThat(event.get("body")).isEqualTo(base64 ? "w6k=" : "é");
    }

    @Test
    void has_bytes_that_are_no_text_in_base64_whatever_they_are_declared() throws Exception {
      Map<?, ?> event =
          event("POST / HTTP/1.1\nContent-Type: text/plain", new byte[] {(byte) 0xff});

      assertThat(event.get("body")).isEqualTo("/w==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%2", "/%zz"})
    void is_none_if_the_path_is_broken(String path) {
      assertThatThrownBy(() -> event("GET " + path + " HTTP/1.1", new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class A_request {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "POST / HTTP/1.1\nContent-Length: 5",
          "POST / HTTP/1.1\nTransfer-Encoding: chunked",
          "GET / HTTP/1.1\nA : b",
          "GET / HTTP/1.1\n folded: b",
          "GE(T / HTTP/1.1",
          "GET /\u00e9 HTTP/1.1"
        })
    void that_can_be_read_in_two_ways_is_refused(String head) {
      assertThatThrownBy(() -> request(head, new byte[0])).isInstanceOf(IOException.class);
    }
  }

  @Nested
  class A_response {

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1}", "[1]", "7", "\"text\"", "null", ""})
    void is_inferred_from_json_without_a_status(String payload) throws Exception {
      assertThat(HttpApiResponse.of(utf8(payload)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "nonsense | not JSON",
          "{\"statusCode\":\"abc\"} | statusCode is 'abc'",
          "{\"statusCode\":0} | statusCode is '0'",
          "{\"statusCode\":200,\"body\":{}} | body is no string",
          "{\"statusCode\":200,\"headers\":[]} | headers are no object",
          "{\"statusCode\":200,\"headers\":{\"a b\":\"c\"}} | can't stand in an HTTP head",
          "{\"statusCode\":200,\"headers\":{\"a\":\"c\\r\\nb: d\"}} | can't stand in an HTTP head",
          "{\"statusCode\":200,\"cookies\":\"a\"} | cookies are no array"
        })
    void that_is_malformed_says_why(String payload, String reason) {
      assertThatThrownBy(() -> HttpApiResponse.of(utf8(payload)))
          .isInstanceOf(HttpApiResponse.Malformed.class)
          .hasMessageContaining(reason);
    }
  }
}
