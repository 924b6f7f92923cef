// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.powertools.core.Fixtures;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.config.Config;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a caller over HTTP gets when an exception of the toolkit leaves the handler. */
class HttpErrorsTest {

  private static final String BODY =
      "{\"type\":\"about:blank\",\"title\":\"Come again later\",\"status\":409}";
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/problem+json", "Retry-After", "2");

  private static final String HTTP_API =
      "{\"version\":\"2.0\",\"requestContext\":{\"http\":{\"method\":\"POST\",\"path\":\"/\"}}}";
  private static final String REST_API =
      "{\"httpMethod\":\"POST\",\"requestContext\":{\"stage\":\"x\"},\"multiValueHeaders\":{}}";
  private static final String LOAD_BALANCER =
      "{\"httpMethod\":\"POST\",\"requestContext\":{\"elb\":{}},\"headers\":{}}";
  private static final String LOAD_BALANCER_OF_LISTS =
      "{\"httpMethod\":\"POST\",\"requestContext\":{\"elb\":{}},\"multiValueHeaders\":{}}";
  private static final String WEB_SOCKET =
      "{\"requestContext\":{\"connectionId\":\"c\",\"eventType\":\"CONNECT\"}}";
  private static final String REST_AUTHORIZER =
      "{\"type\":\"REQUEST\",\"methodArn\":\"arn:aws:execute-api:eu-west-1:1:a/x/POST/\","
          + REST_API.substring(1);
  private static final String HTTP_API_AUTHORIZER =
      "{\"type\":\"REQUEST\",\"routeArn\":\"arn:aws:execute-api:eu-west-1:1:a/x/POST/\","
          + HTTP_API.substring(1);
  private static final String QUEUE = "{\"Records\":[{\"messageId\":\"m\"}]}";

  static final class InUse extends PowertoolsException {
    private static final long serialVersionUID = 1L;

    InUse() {
      super("secret-key is held by request 7");
    }

    @Override
    public Optional<HttpProblem> httpProblem() {
      return Optional.of(
          new HttpProblem(409, "Come again later").retryAfter(Duration.ofMillis(1500)));
    }
  }

  /** Methods of the forms that handlers have; only their signatures count. */
  @SuppressWarnings("unused")
  static class Forms {
    APIGatewayV2HTTPResponse httpApi(Object event, Context context) {
      throw new AssertionError();
    }

    APIGatewayProxyResponseEvent restApi(Object event, Context context) {
      throw new AssertionError();
    }

    ApplicationLoadBalancerResponseEvent loadBalancer(Object event, Context context) {
      throw new AssertionError();
    }

    Map<String, Object> map(Object event, Context context) {
      throw new AssertionError();
    }

    Object object(Object event, Context context) {
      throw new AssertionError();
    }

    Answer ownRecord(Object event, Context context) {
      throw new AssertionError();
    }

    String text(Object event, Context context) {
      throw new AssertionError();
    }

    Total otherRecord(Object event, Context context) {
      throw new AssertionError();
    }

    Stubborn throwing(Object event, Context context) {
      throw new AssertionError();
    }

    Unloadable unloadable(Object event, Context context) {
      throw new AssertionError();
    }

    void stream(InputStream in, OutputStream out, Context context) {
      throw new AssertionError();
    }
  }

  private record Answer(
      int statusCode, Map<String, String> headers, String body, @Nullable String id) {}

  private record Total(long cents, String body) {}

  /** A bean whose setter does not take what it is given. */
  public static class Stubborn {
    public void setStatusCode(int value) {
      throw new IllegalArgumentException("no " + value);
    }

    public void setHeaders(Map<String, String> value) {}

    public void setBody(String value) {}
  }

  /** A bean that can't be initialised where it is needed. */
  public static class Unloadable extends Stubborn {
    static final Object MISSING = missing();

    private static Object missing() {
      throw new NoClassDefFoundError("org/example/Missing");
    }
  }

  private final InUse failure = new InUse();
  private FunctionRuntime runtime = Fixtures.runtime().build();

  private @Nullable Object call(String form, Object... arguments) throws Throwable {
    var method =
        Arrays.stream(Forms.class.getDeclaredMethods())
            .filter(m -> m.getName().equals(form))
            .findFirst()
            .orElseThrow();
    return Entry.open(
        runtime,
        Chain.empty(JoinPoints.method(method, true)),
        this,
        this,
        arguments,
        (target, args) -> {
          throw failure;
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable Object answer(String form, String event) throws Throwable {
    return call(form, bytes(event), Fixtures.context("r1", 1000));
  }

  @Nested
  class An_http_event_gets_the_problem {

    @Test
    void as_the_response_of_an_http_api() throws Throwable {
      APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
      var http = new APIGatewayV2HTTPEvent.RequestContext.Http();
      http.setMethod("POST");
      var context = new APIGatewayV2HTTPEvent.RequestContext();
      context.setHttp(http);
      event.setRequestContext(context);

      var response = (APIGatewayV2HTTPResponse) call("httpApi", event);

      assertThat(response).isNotNull();
      assertThat(response.getStatusCode()).isEqualTo(409);
      assertThat(response.getHeaders()).isEqualTo(HEADERS);
      assertThat(response.getBody()).isEqualTo(BODY);
    }

    @Test
    void as_the_response_of_a_rest_api() throws Throwable {
      var event = new APIGatewayProxyRequestEvent().withHttpMethod("POST");
      event.setRequestContext(new APIGatewayProxyRequestEvent.ProxyRequestContext());
      event.getRequestContext().setStage("x");

      var response = (APIGatewayProxyResponseEvent) call("restApi", event);

      assertThat(response).isNotNull();
      assertThat(response.getStatusCode()).isEqualTo(409);
      assertThat(response.getHeaders()).isEqualTo(HEADERS);
      assertThat(response.getBody()).isEqualTo(BODY);
      assertThat(response.getMultiValueHeaders()).isNull();
    }

    @Test
    void with_the_headers_in_the_form_that_the_load_balancer_reads() throws Throwable {
      var plain = (ApplicationLoadBalancerResponseEvent) answer("loadBalancer", LOAD_BALANCER);
      var lists =
          (ApplicationLoadBalancerResponseEvent) answer("loadBalancer", LOAD_BALANCER_OF_LISTS);

      assertThat(plain).isNotNull();
      assertThat(plain.getHeaders()).isEqualTo(HEADERS);
      assertThat(plain.getMultiValueHeaders()).isNull();
      assertThat(lists).isNotNull();
      assertThat(lists.getMultiValueHeaders())
          .isEqualTo(
              Map.of(
                  "Content-Type",
                  List.of("application/problem+json"),
                  "Retry-After",
                  List.of("2")));
    }

    @Test
    void as_a_map_or_a_record_of_the_users() throws Throwable {
      for (String form : List.of("map", "object")) {
        assertThat((Map<?, ?>) answer(form, REST_API))
            .isEqualTo(
                Map.of(
                    "statusCode", 409, "headers", HEADERS, "body", BODY, "isBase64Encoded", false));
      }
      assertThat(answer("ownRecord", WEB_SOCKET)).isEqualTo(new Answer(409, HEADERS, BODY, null));
    }

    @Test
    void on_the_stream_in_place_of_what_was_begun() throws Throwable {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(bytes("{\"begun"));

      Object nothing = call("stream", new ByteArrayInputStream(bytes(HTTP_API)), out);

      assertThat(nothing).isNull();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              "{\"statusCode\":409,\"headers\":{\"Content-Type\":\"application/problem+json\","
                  + "\"Retry-After\":\"2\"},\"body\":\""
                  + BODY.replace("\"", "\\\"")
                  + "\",\"isBase64Encoded\":false}");
    }

    @Test
    void from_a_base_class_in_bytes() throws Throwable {
      class Failing extends FunctionHandler<Map<String, Object>, String> {
        @Override
        protected String handle(Map<String, Object> event, Context context) {
          throw failure;
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Fixtures.under(
          runtime,
          () -> {
            new Failing()
                .handleRequest(
                    new ByteArrayInputStream(bytes(HTTP_API)), out, Fixtures.context("r1", 1000));
            return null;
          });

      assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{\"statusCode\":409,");
    }

    @Test
    void and_nothing_of_the_message() throws Throwable {
      assertThat(String.valueOf(answer("map", HTTP_API)))
          .doesNotContain("secret")
          .doesNotContain("request 7");
    }
  }

  @Nested
  class The_exception_itself_leaves {

    @Test
    void for_every_other_event() {
      for (String event : List.of(QUEUE, "{}", "[]", "no json", "{\"httpMethod\":\"POST\"}")) {
        assertThat(catchThrowable(() -> answer("map", event))).as(event).isSameAs(failure);
      }
    }

    @Test
    void from_an_authorizer_whose_answer_is_a_policy_and_no_response() {
      for (String event : List.of(REST_AUTHORIZER, HTTP_API_AUTHORIZER)) {
        assertThat(catchThrowable(() -> answer("map", event))).as(event).isSameAs(failure);
      }
    }

    @Test
    void from_a_handler_whose_response_has_no_status() {
      for (String form : List.of("text", "otherRecord", "throwing", "unloadable")) {
        assertThat(catchThrowable(() -> answer(form, HTTP_API))).as(form).isSameAs(failure);
      }
    }

    @Test
    void if_that_is_asked_for() {
      runtime =
          FunctionRuntime.builder()
              .config(Config.of(Map.of("POWERTOOLS_HTTP_ERRORS", "THROW")))
              .build();
      assertThat(catchThrowable(() -> answer("map", HTTP_API))).isSameAs(failure);
      assertThat(failure).hasNoSuppressedExceptions();
    }

    @Test
    void with_the_word_that_the_setting_is_bad() {
      runtime =
          FunctionRuntime.builder()
              .config(Config.of(Map.of("POWERTOOLS_HTTP_ERRORS", "no")))
              .build();
      assertThat(catchThrowable(() -> answer("map", HTTP_API))).isSameAs(failure);
      assertThat(failure.getSuppressed()[0]).hasMessageContaining("render or throw");
    }

    @Test
    void when_it_describes_no_problem() {
      PowertoolsException plain = new PowertoolsException("the store is down");
      assertThatThrownBy(
              () ->
                  Entry.open(
                      runtime,
                      Chain.empty(
                          JoinPoints.method(
                              Forms.class.getDeclaredMethod("map", Object.class, Context.class),
                              true)),
                      this,
                      this,
                      new Object[] {bytes(HTTP_API), null},
                      (target, args) -> {
                        throw plain;
                      }))
          .isSameAs(plain);
    }
  }

  @Test
  void a_status_is_that_of_an_error_and_a_wait_at_least_a_second() {
    assertThatThrownBy(() -> new HttpProblem(200, "fine"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new HttpProblem(429, "slow").retryAfter(Duration.ZERO).headers())
        .isEqualTo(Map.of("Retry-After", "1"));
    assertThat(new HttpProblem(429, "slow").retryAfter(Duration.ofSeconds(2)).headers())
        .isEqualTo(Map.of("Retry-After", "2"));
  }
}
