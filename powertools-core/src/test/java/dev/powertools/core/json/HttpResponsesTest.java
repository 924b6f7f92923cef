// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Responses of {@code aws-lambda-java-events} can be kept, in the form that they have on the wire.
 */
class HttpResponsesTest {

  private static final Map<String, String> HEADERS = Map.of("Location", "/orders/1");
  private static final Map<String, List<String>> LISTS = Map.of("Set-Cookie", List.of("a", "b"));

  @SuppressWarnings("unchecked") // the codec is that of the type
  private static <T> TypedCodec<T> codec(Class<T> type) {
    return (TypedCodec<T>) PayloadCodec.standard().forType(type);
  }

  private static <T> String json(Class<T> type, T value) {
    return new String(codec(type).write(value), StandardCharsets.UTF_8);
  }

  private static <T> T read(Class<T> type, String json) {
    return codec(type).read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void of_an_http_api() {
    var response =
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(201)
            .withHeaders(HEADERS)
            .withMultiValueHeaders(LISTS)
            .withCookies(List.of("c=1"))
            .withBody("aGk=")
            .withIsBase64Encoded(true)
            .build();

    String json = json(APIGatewayV2HTTPResponse.class, response);

    assertThat(json)
        .isEqualTo(
            "{\"body\":\"aGk=\",\"cookies\":[\"c=1\"],\"headers\":{\"Location\":\"/orders/1\"},"
                + "\"isBase64Encoded\":true,\"multiValueHeaders\":{\"Set-Cookie\":[\"a\",\"b\"]},"
                + "\"statusCode\":201}");
    assertThat(read(APIGatewayV2HTTPResponse.class, json)).isEqualTo(response);
  }

  @Test
  void of_a_rest_api() {
    var response = new APIGatewayProxyResponseEvent();
    response.setStatusCode(200);
    response.setMultiValueHeaders(LISTS);

    String json = json(APIGatewayProxyResponseEvent.class, response);

    assertThat(json)
        .isEqualTo("{\"multiValueHeaders\":{\"Set-Cookie\":[\"a\",\"b\"]},\"statusCode\":200}");
    assertThat(read(APIGatewayProxyResponseEvent.class, json)).isEqualTo(response);
  }

  @Test
  void of_a_load_balancer_and_of_a_web_socket() {
    var balancer = new ApplicationLoadBalancerResponseEvent();
    balancer.setStatusCode(302);
    balancer.setStatusDescription("302 Found");
    balancer.setHeaders(HEADERS);
    assertThat(
            read(
                ApplicationLoadBalancerResponseEvent.class,
                json(ApplicationLoadBalancerResponseEvent.class, balancer)))
        .isEqualTo(balancer);

    var socket = new APIGatewayV2WebSocketResponse();
    socket.setStatusCode(200);
    socket.setIsBase64Encoded(true);
    socket.setBody("b");
    socket.setMultiValueHeaders(Map.of("A", new String[] {"1", "2"}));
    APIGatewayV2WebSocketResponse again =
        read(
            APIGatewayV2WebSocketResponse.class, json(APIGatewayV2WebSocketResponse.class, socket));
    assertThat(again.getMultiValueHeaders().get("A")).containsExactly("1", "2");
    assertThat(again.isIsBase64Encoded()).isTrue();
    assertThat(again.getBody()).isEqualTo("b");
  }

  @Test
  void of_nothing_but_what_they_are() {
    assertThatThrownBy(() -> read(APIGatewayProxyResponseEvent.class, "{\"statusCode\":\"200\"}"))
        .isInstanceOf(UndecodablePayloadException.class)
        .hasMessageContaining("/statusCode");
    assertThatThrownBy(() -> read(APIGatewayProxyResponseEvent.class, "[]"))
        .isInstanceOf(UndecodablePayloadException.class);
  }
}
