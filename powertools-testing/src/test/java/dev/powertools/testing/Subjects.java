// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.logging.Logging;
import dev.powertools.logging.Logs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handlers under test. */
final class Subjects {

  private Subjects() {}

  /** A greeting. */
  record Greeting(String name) {}

  @Logging
  public static class Greeter extends FunctionHandler<Greeting, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

    @Override
    protected Map<String, Object> handle(Greeting greeting, Context context) {
      Logs.put("name", greeting.name());
      LOG.info("Greeting {}", greeting.name());
      return Map.of(
          "text", "Hello " + greeting.name(),
          "requestId", context.getAwsRequestId(),
          "function", context.getFunctionName(),
          "remaining", context.getRemainingTimeInMillis());
    }
  }

  public static class Sleeper extends FunctionHandler<Long, Integer> {
    @Override
    protected Integer handle(Long seconds, Context context) throws InterruptedException {
      FunctionInvocation.current().orElseThrow().pause(Duration.ofSeconds(seconds));
      return context.getRemainingTimeInMillis();
    }
  }

  public static class Failing extends FunctionHandler<String, String> {
    @Override
    protected String handle(String message, Context context) {
      throw new IllegalStateException(message);
    }
  }

  public static class Unconstructible implements RequestHandler<String, String> {

    public Unconstructible() {
      throw new IllegalArgumentException("no table is configured");
    }

    @Override
    public String handleRequest(String event, Context context) {
      return event;
    }
  }

  /** A bean. */
  public static class Bean {
    private String name = "";

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }
  }

  public static class Http
      implements RequestHandler<Map<String, Object>, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(Map<String, Object> event, Context context) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(201).build();
    }
  }

  public static class OfRecord implements RequestHandler<Greeting, String> {
    @Override
    public String handleRequest(Greeting event, Context context) {
      return event.name();
    }
  }

  public static class Counting implements RequestHandler<SQSEvent, Integer> {
    @Override
    public Integer handleRequest(SQSEvent event, Context context) {
      return event.getRecords().size();
    }
  }

  /** Made by the test, with a collaborator. */
  public static class Telling implements RequestHandler<String, String> {

    private final List<String> heard;

    Telling(List<String> heard) {
      this.heard = heard;
    }

    @Override
    public String handleRequest(String event, Context context) {
      heard.add(event);
      return event;
    }
  }

  public static class Variables extends FunctionHandler<String, String> {
    @Override
    protected String handle(String name, Context context) {
      return FunctionInvocation.current()
          .orElseThrow()
          .runtime()
          .config()
          .variable(name)
          .orElse("unset");
    }
  }
}
