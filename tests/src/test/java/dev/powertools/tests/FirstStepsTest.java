// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.RoundTrip;
import dev.powertools.testing.Spans;
import dev.powertools.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the page on tests begins with, and what it says of time and lifecycles. */
@FunctionTest
class FirstStepsTest {

  // region greet
  public static class Greet extends FunctionHandler<Greet.Caller, String> {

    public record Caller(String name) {}

    @Override
    protected String handle(Caller caller, Context context) {
      String greeting = FunctionRuntime.current().config().variable("GREETING").orElse("Hello");
      return greeting + " " + caller.name();
    }
  }

  // endregion

  // region first
  @Test
  void greets_by_name(Functions functions) {
    var response = functions.function(Greet.class).invoke(new Greet.Caller("Ada"));

    assertThat(response.as(String.class)).isEqualTo("Hello Ada");
  }

  @Test
  void an_event_that_it_cannot_read_is_an_error_as_lambda_reports_it(Functions functions) {
    var response = functions.function(Greet.class).invokeJson("[]");

    assertThat(response.error())
        .hasValueSatisfying(error -> assertThat(error.message()).contains("Caller"));
  }

  // endregion

  // region environment
  @Test
  void greets_as_its_environment_says(Functions functions) {
    var greet = functions.environment("GREETING", "Ahoy").function(Greet.class);

    assertThat(greet.invokeJson("{\"name\":\"Ada\"}").text()).isEqualTo("\"Ahoy Ada\"");
  }

  // endregion

  // region events
  @Test
  void the_order_id_comes_from_the_path(Functions functions, FunctionLogs logs) {
    var event =
        Events.apiGatewayV2("GET", "/orders/o-7")
            .route("/orders/{id}")
            .header("Accept", "application/json")
            .requestId("c-9");

    var response = functions.function(LoggedOrders.class).invoke(event);

    assertThat(response.as(APIGatewayV2HTTPResponse.class).getStatusCode()).isEqualTo(201);
    logs.of(response).everyLineHas("order_id", "o-7");
  }

  @Test
  void an_order_without_a_price_comes_again_and_the_other_does_not(Functions functions) {
    var event =
        Events.sqs()
            .queue("orders")
            .body(new Shop.Order("o-1", 500))
            .message(m -> m.body(new Shop.Order("o-2", 0)).receiveCount(3));

    var response =
        functions.with(Shop.class, new Shop()).function(BaseClassOrders.class).invoke(event);

    assertThat(response.text())
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + event.messageId(1) + "\"}]}");
  }

  // endregion

  // region round-trip
  @Test
  void nothing_of_the_message_is_lost_on_its_way_into_the_handlers_type() {
    RoundTrip.of(Events.sqs().bodies("a", "b").attribute("tenant", "acme"), SQSEvent.class)
        .verify();
  }

  // endregion

  // region context
  public static class WhoCalls extends FunctionHandler<Object, String> {
    @Override
    protected String handle(Object event, Context context) {
      return context.getTenantId() + " in " + context.getAwsRequestId();
    }
  }

  @Test
  void the_handler_knows_the_tenant(Functions functions) {
    var response =
        functions
            .function(WhoCalls.class)
            .invokeJson("{}", as -> as.tenant("acme").requestId("r-1"));

    assertThat(response.as(String.class)).isEqualTo("acme in r-1");
  }

  // endregion

  // region spans
  @Test
  void the_charge_is_a_step_of_the_invocation(Functions functions, Spans spans) {
    functions
        .with(Shop.class, new Shop())
        .function(BaseClassTracedShop.class)
        .invoke(new Shop.Order("o-1", 500));

    var charge = spans.named("charge");
    assertThat(charge.parent()).contains(spans.roots().get(0));
    assertThat(charge.attributes()).containsEntry("order.cents", 500L);
    assertThat(spans.open()).isZero();
  }

  // endregion

  // region time
  public static class AsksTheBank extends FunctionHandler<Integer, Integer> {
    @Override
    protected Integer handle(Integer seconds, Context context) throws InterruptedException {
      FunctionRuntime.current().timing().sleep(Duration.ofSeconds(seconds));
      return context.getRemainingTimeInMillis();
    }
  }

  @Test
  void a_bank_that_takes_four_seconds_leaves_six(Functions functions, TestClock clock) {
    var bank = functions.timeout(Duration.ofSeconds(10)).function(AsksTheBank.class);

    assertThat(bank.invoke(4).as(Integer.class)).isEqualTo(6_000);
    assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:00:04Z"));
  }

  // endregion

  // region timeout
  @Test
  void a_bank_that_takes_too_long_costs_the_environment(Functions functions, TestClock clock) {
    var bank = functions.timeout(Duration.ofSeconds(10)).function(AsksTheBank.class);

    assertThat(bank.invoke(25).error())
        .hasValueSatisfying(
            error -> {
              assertThat(error.type()).isEqualTo("Sandbox.Timedout");
              assertThat(error.message()).endsWith("Task timed out after 10.00 seconds");
            });
    assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
    assertThat(bank.invoke(4).coldStart()).isTrue();
  }

  // endregion

  // region lifecycle
  public static class Lottery extends FunctionHandler<String, String> {

    private final Random bowl = new Random();
    private String lastPlayer = "";

    @Override
    protected String handle(String player, Context context) {
      lastPlayer = player;
      return lastPlayer + " draws " + bowl.nextInt();
    }
  }

  @Test
  void only_the_first_invocation_of_an_environment_is_cold(Functions functions) {
    var lottery = functions.function(Lottery.class);

    assertThat(lottery.invoke("ada").coldStart()).isTrue();
    assertThat(lottery.invoke("ada").coldStart()).isFalse();
    assertThat(lottery.cold().invoke("ada").coldStart()).isTrue();
  }

  @Test
  void every_copy_of_the_snapshot_would_draw_the_same(Functions functions) {
    var restored = functions.function(Lottery.class).restore(Duration.ofDays(3));

    assertThat(restored.captured()).containsExactly("FirstStepsTest.Lottery.bowl: a seeded Random");
  }

  @Test
  void players_at_the_same_time_share_a_field(Functions functions) {
    var run = functions.function(Lottery.class).concurrently(32, "ada", "grace");

    assertThat(run.sharedWrites()).containsExactly("FirstStepsTest.Lottery.lastPlayer");
  }
  // endregion
}
