// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.local.FunctionInitException;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong fails as early as it can, and says what, where, and how to mend it. */
@FunctionTest
class WrongConfigurationTest {

  public static class Mistyped extends FunctionHandler<Shop.Order, String> {
    @Override
    @Idempotent(name = "mistyped", key = "/ordreId")
    protected String handle(Shop.Order order, Context context) {
      return order.orderId();
    }
  }

  public static class MistypedUnwoven extends BaseClassShopWithWrongKey {}

  @Idempotent(name = "all", key = "/Records/0/messageId")
  public static class WholeBatch extends SqsBatchHandler<Shop.Order> {
    @Override
    protected Outcome onRecord(Shop.Order order, RecordContext message) {
      return Outcome.done();
    }
  }

  @Test
  void a_key_that_no_component_of_the_record_has(Functions functions) {
    TestFunction function = functions.function(MistypedUnwoven.class);

    assertThatThrownBy(() -> function.invokeJson("{\"orderId\":\"o\",\"cents\":1}"))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("BaseClassShopWithWrongKey.handle")
        .hasMessageContaining("@Idempotent: key = \"/ordreId\" begins with \"ordreId\"")
        .hasMessageContaining("[orderId, cents]");
  }

  @Test
  void the_same_in_a_woven_class_is_told_at_the_call(Functions functions) {
    TestFunction function = functions.function(Mistyped.class);

    assertThat(function.invokeJson("{\"orderId\":\"o\",\"cents\":1}").error())
        .hasValueSatisfying(
            error -> assertThat(error.message()).contains("Mistyped.handle").contains("ordreId"));
  }

  @Test
  void one_claim_for_a_whole_batch(Functions functions) {
    TestFunction function = functions.function(WholeBatch.class);

    assertThatThrownBy(() -> function.invokeJson("{\"Records\":[]}"))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("WholeBatch")
        .hasMessageContaining("Put @Idempotent on the method that handles one record");
  }

  public static class Switched implements RequestHandler<Map<String, Object>, String> {
    @Override
    @Idempotent(name = "switched", key = "/id")
    public String handleRequest(Map<String, Object> event, Context context) {
      return "done";
    }
  }

  @Test
  void a_bad_setting_of_one_test_leaves_the_class_usable_for_the_next() {
    try (Functions bad = Functions.start()) {
      bad.environment("POWERTOOLS_IDEMPOTENCY_DISABLED", "yes");
      assertThat(bad.function(Switched.class).invokeJson("{\"id\":1}").error())
          .hasValueSatisfying(
              error -> assertThat(error.message()).contains("POWERTOOLS_IDEMPOTENCY_DISABLED"));
    }
    try (Functions good = Functions.start()) {
      assertThat(good.function(Switched.class).invokeJson("{\"id\":1}").text())
          .isEqualTo("\"done\"");
    }
  }
}
