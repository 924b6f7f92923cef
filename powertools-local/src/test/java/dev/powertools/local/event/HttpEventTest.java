// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import dev.powertools.core.event.EventView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HttpEventTest {

  record Order(String id) {}

  private static HttpEvent told(HttpEvent event) {
    return event
        .header("X-Tenant", "acme")
        .header("x-tenant", "globex")
        .query("tag", "a b")
        .query("tag", "c&d")
        .cookie("session", "1")
        .cookie("lang", "de")
        .body(new Order("o-1"));
  }

  private static void refuses(Runnable telling, String part) {
    assertThatIllegalArgumentException().isThrownBy(telling::run).withMessageContaining(part);
  }

  @Nested
  class An_http_api {

    private final HttpEvent event = told(Events.http("POST", "/orders/7")).route("/orders/{id}");

    @Test
    void is_read_by_the_library() {
      var read = ReadAs.pojo(event.stageVariable("v", "1"), APIGatewayV2HTTPEvent.class);

      assertThat(read.getVersion()).isEqualTo("2.0");
      assertThat(read.getRouteKey()).isEqualTo("POST /orders/{id}");
      assertThat(read.getRawPath()).isEqualTo("/orders/7");
      assertThat(read.getRawQueryString()).isEqualTo("tag=a%20b&tag=c%26d");
      assertThat(read.getQueryStringParameters()).containsEntry("tag", "a b,c&d");
      assertThat(read.getPathParameters()).isEqualTo(Map.of("id", "7"));
      assertThat(read.getStageVariables()).isEqualTo(Map.of("v", "1"));
      assertThat(read.getCookies()).containsExactly("session=1", "lang=de");
      assertThat(read.getHeaders())
          .containsEntry("x-tenant", "acme,globex")
          .containsEntry("content-type", "application/json")
          .containsEntry("content-length", "12")
          .doesNotContainKey("cookie");
      assertThat(read.getBody()).isEqualTo("{\"id\":\"o-1\"}");
      assertThat(read.getIsBase64Encoded()).isFalse();
      assertThat(read.getRequestContext().getTime()).isEqualTo("01/Jan/2026:00:00:00 +0000");
      assertThat(read.getRequestContext().getHttp().getMethod()).isEqualTo("POST");
    }

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(event, APIGatewayV2HTTPEvent.class, Set.of());
      ReadAs.samePlaces(
          event.claims(Map.of("sub", "ada", "groups", List.of("a", "b"), "exp", 5), "read"),
          APIGatewayV2HTTPEvent.class,
          Set.of());
      ReadAs.samePlaces(
          event.authorizer(Map.of("tenant", "acme", "level", 3)),
          APIGatewayV2HTTPEvent.class,
          Set.of());
      ReadAs.samePlaces(
          event.iam("arn:aws:iam::123456789012:user/ada"), APIGatewayV2HTTPEvent.class, Set.of());
    }

    @Test
    void hands_claims_on_as_text() {
      HttpEvent claims = event.claims(Map.of("groups", List.of("a", "b"), "exp", 5), "read");

      assertThat(ReadAs.at(claims, "/requestContext/authorizer/jwt/claims/groups"))
          .isEqualTo("[a b]");
      assertThat(ReadAs.at(claims, "/requestContext/authorizer/jwt/claims/exp")).isEqualTo("5");
      assertThat(ReadAs.at(claims, "/requestContext/authorizer/jwt/scopes/0")).isEqualTo("read");
    }

    @Test
    void takes_bytes_as_binary() {
      var read =
          ReadAs.pojo(
              Events.http("PUT", "/f").body(new byte[] {0, -1}), APIGatewayV2HTTPEvent.class);

      assertThat(read.getIsBase64Encoded()).isTrue();
      assertThat(read.getBody()).isEqualTo("AP8=");
      assertThat(read.getHeaders()).containsEntry("content-length", "2");
    }

    @Test
    void takes_a_query_behind_the_path() {
      HttpEvent get = Events.http("GET", "/orders?limit=5&all").query("q", "ä");

      assertThat(ReadAs.at(get, "/rawPath")).isEqualTo("/orders");
      assertThat(ReadAs.at(get, "/rawQueryString")).isEqualTo("limit=5&all&q=%C3%A4");
      assertThat(ReadAs.at(get, "/queryStringParameters/q")).isEqualTo("ä");
      assertThat(ReadAs.at(get, "/body")).isEqualTo("(nothing)");
    }
  }

  @Nested
  class A_rest_api {

    private final HttpEvent event =
        told(Events.apiGatewayV1("POST", "/orders/7")).route("/orders/{id}");

    @Test
    void is_read_by_the_library() {
      var read = ReadAs.pojo(event, APIGatewayProxyRequestEvent.class);

      assertThat(read.getResource()).isEqualTo("/orders/{id}");
      assertThat(read.getPath()).isEqualTo("/orders/7");
      assertThat(read.getHeaders()).containsEntry("Cookie", "session=1; lang=de");
      assertThat(read.getQueryStringParameters()).isEqualTo(Map.of("tag", "c&d"));
      assertThat(read.getMultiValueQueryStringParameters())
          .isEqualTo(Map.of("tag", List.of("a b", "c&d")));
      assertThat(read.getPathParameters()).isEqualTo(Map.of("id", "7"));
      assertThat(read.getBody()).isEqualTo("{\"id\":\"o-1\"}");
      assertThat(read.getRequestContext().getStage()).isEqualTo("prod");
      assertThat(read.getRequestContext().getPath()).isEqualTo("/prod/orders/7");
    }

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(event, APIGatewayProxyRequestEvent.class, Set.of());
      ReadAs.samePlaces(
          event.claims(Map.of("sub", "ada"), "read"), APIGatewayProxyRequestEvent.class, Set.of());
      ReadAs.samePlaces(
          event.authorizer(Map.of("tenant", "acme")), APIGatewayProxyRequestEvent.class, Set.of());
      ReadAs.samePlaces(
          event.iam("arn:aws:sts::123456789012:assumed-role/shop/ada"),
          APIGatewayProxyRequestEvent.class,
          Set.of());
    }

    @Test
    void tells_the_caller_as_rest_apis_do() {
      HttpEvent claims = event.claims(Map.of("cognito:groups", List.of("a", "b")));
      assertThat(ReadAs.at(claims, "/requestContext/authorizer/claims/cognito:groups"))
          .isEqualTo("a,b");
      assertThat(ReadAs.at(event.authorizer(Map.of("n", 1)), "/requestContext/authorizer/n"))
          .isEqualTo("1");
      HttpEvent signed = event.iam("arn:aws:iam::123456789012:user/ada");
      assertThat(ReadAs.at(signed, "/requestContext/identity/accountId")).isEqualTo("123456789012");
    }
  }

  @Nested
  class A_function_url {

    private final HttpEvent event = told(Events.functionUrl("POST", "/orders"));

    @Test
    void is_the_same_to_the_library_and_to_the_view() {
      ReadAs.samePlaces(event, APIGatewayV2HTTPEvent.class, Set.of());
      assertThat(ReadAs.at(event, "/routeKey")).isEqualTo("$default");
      assertThat(ReadAs.at(event, "/requestContext/domainName")).contains("lambda-url");
    }

    @Test
    void has_no_place_for_what_is_of_api_gateways() {
      refuses(() -> event.route("/orders"), "function URL");
      refuses(() -> event.claims(Map.of("a", "b")), "function URL");
      refuses(() -> event.multiValueHeaders(), "function URL");
    }
  }

  @Nested
  class A_load_balancer {

    private final HttpEvent event = told(Events.alb("POST", "/orders"));

    @Test
    void is_read_by_the_library() {
      var read = ReadAs.pojo(event, ApplicationLoadBalancerRequestEvent.class);

      assertThat(read.getHeaders())
          .containsEntry("x-tenant", "globex")
          .containsEntry("cookie", "session=1; lang=de");
      assertThat(read.getQueryStringParameters()).isEqualTo(Map.of("tag", "c%26d"));
      assertThat(read.getMultiValueHeaders()).isNull();
      ReadAs.samePlaces(event, ApplicationLoadBalancerRequestEvent.class, Set.of());
    }

    @Test
    void hands_on_all_values_if_told_to() {
      var read = ReadAs.pojo(event.multiValueHeaders(), ApplicationLoadBalancerRequestEvent.class);

      assertThat(read.getMultiValueHeaders()).containsEntry("x-tenant", List.of("acme", "globex"));
      assertThat(read.getHeaders()).isNull();
      assertThat(EventView.of(event.multiValueHeaders().toBytes()).header("X-Tenant"))
          .contains("acme,globex");
      ReadAs.samePlaces(
          event.multiValueHeaders(), ApplicationLoadBalancerRequestEvent.class, Set.of());
    }

    @Test
    void knows_no_callers() {
      refuses(() -> event.iam("arn:aws:iam::123456789012:user/ada"), "load balancer");
      refuses(() -> event.requestId("r"), "load balancer");
    }
  }

  @Nested
  class Refuses {

    @Test
    void what_is_no_request() {
      refuses(() -> Events.http("get", "/"), "capitals");
      refuses(() -> Events.http("GET", "orders"), "begins with '/'");
      refuses(() -> Events.http("GET", "/?a=%zz"), "%25");
      refuses(() -> Events.http("GET", "/").header("a b", "c"), "header name");
      refuses(() -> Events.http("GET", "/").header("a", "b\r\nc: d"), "control characters");
      refuses(() -> Events.http("GET", "/orders").route("/orders/{id}"), "does not match");
      refuses(() -> Events.http("GET", "/").iam("ada"), "arn:aws:iam");
    }

    @Test
    void nothing_that_a_route_may_be() {
      HttpEvent file = Events.http("GET", "/files/a/b").route("/files/{path+}");
      assertThat(ReadAs.at(file, "/pathParameters/path")).isEqualTo("a/b");
      assertThat(ReadAs.at(file.route("$default"), "/routeKey")).isEqualTo("$default");
    }
  }
}
