// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.local.event.Events;
import dev.powertools.logging.Logging;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import org.junit.jupiter.api.Test;

/**
 * Over HTTP, the toolkit's own exceptions are answers, of which spans and logs know all the same.
 */
@FunctionTest
class HttpErrorsDoorTest {

  // region checkout
  public static class Checkout
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    @Override
    @Logging(logError = true)
    @Idempotent(name = "checkout", key = "/headers/idempotency-key", validate = "/body")
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(201).withBody("paid").build();
    }
  }

  // endregion

  // region test
  @Test
  void a_key_that_is_missing_or_used_twice_is_the_callers_error(Functions functions) {
    var checkout = functions.function(Checkout.class);
    var request = Events.apiGatewayV2("POST", "/checkout");

    assertThat(checkout.invoke(request.body("1")).text()).contains("\"statusCode\":400");
    var keyed = request.header("Idempotency-Key", "k1");
    assertThat(checkout.invoke(keyed.body("1")).text()).contains("\"statusCode\":201");
    assertThat(checkout.invoke(keyed.body("2")).text()).contains("\"statusCode\":422");
  }

  // endregion

  @Test
  void the_lines_have_the_exception(Functions functions, FunctionLogs logs) {
    functions.function(Checkout.class).invoke(Events.apiGatewayV2("POST", "/checkout"));

    assertThat(logs.lines())
        .anySatisfy(line -> assertThat(line.text()).contains("IdempotencyKeyException"));
  }
}
