// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.woven.Woven;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestClock;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One behaviour, whichever door the call comes through. */
@FunctionTest
class DoorsTest {

  private static final String ORDER =
      "{\"orderId\":\"o-1\",\"cents\":500,\"trace\":{\"id\":\"c-1\"}}";
  private static final String FREE = "{\"orderId\":\"o-2\",\"cents\":0,\"trace\":{\"id\":\"c-2\"}}";

  private final Shop shop = new Shop();

  @Test
  void the_doors_are_what_they_are_called() {
    assertThat(WovenShop.class.getInterfaces()).contains(Woven.class);
    assertThat(WovenBaseClassShop.class.getInterfaces()).contains(Woven.class);
    assertThat(BaseClassShop.class.getInterfaces()).doesNotContain(Woven.class);
    assertThat(PlainCodeShop.class.getInterfaces()).doesNotContain(Woven.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WovenShop.class,
        BaseClassShop.class,
        WovenBaseClassShop.class,
        PlainCodeShop.class
      })
  void work_is_done_once_and_each_call_logs_as_itself(
      Class<?> door, Functions functions, FunctionLogs logs) {
    TestFunction function = functions.with(Shop.class, shop).function(door);

    TestResponse first = function.invokeJson(ORDER);
    TestResponse second = function.invokeJson(ORDER);

    assertThat(first.error()).isEmpty();
    assertThat(first.text()).contains("\"orderId\":\"o-1\"").contains("\"number\":1");
    assertThat(second.text()).contains("\"orderId\":\"o-1\"").contains("\"number\":1");
    assertThat(shop.charged()).containsExactly("o-1");
    assertThat(logs.of(first)).singleElement().satisfies(DoorsTest::isTheChargeOfTheFirstCall);
    assertThat(logs.of(second)).isEmpty();
  }

  private static void isTheChargeOfTheFirstCall(LogLine line) {
    assertThat(line.message()).isEqualTo("Charged o-1");
    assertThat(line.field("correlation_id")).contains("c-1");
    assertThat(line.field("cold_start")).contains("true");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WovenShop.class,
        BaseClassShop.class,
        WovenBaseClassShop.class,
        PlainCodeShop.class
      })
  void a_failure_reaches_the_platform_and_its_key_can_be_tried_again(
      Class<?> door, Functions functions) {
    TestFunction function = functions.with(Shop.class, shop).function(door);

    TestResponse failed = function.invokeJson(FREE);
    TestResponse retried = function.invokeJson(FREE.replace("\"cents\":0", "\"cents\":1"));

    assertThat(failed.error().orElseThrow().message()).contains("Order o-2 has no price");
    assertThat(retried.error()).isEmpty();
    assertThat(shop.charged()).containsExactly("o-2");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WovenShop.class,
        BaseClassShop.class,
        WovenBaseClassShop.class,
        PlainCodeShop.class
      })
  void an_expired_result_is_worked_for_again(Class<?> door, Functions functions, TestClock clock) {
    TestFunction function = functions.with(Shop.class, shop).function(door);

    function.invokeJson(ORDER);
    clock.advance(Duration.ofHours(1).plusSeconds(1));
    function.invokeJson(ORDER);

    assertThat(shop.charged()).containsExactly("o-1", "o-1");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WovenShop.class,
        BaseClassShop.class,
        WovenBaseClassShop.class,
        PlainCodeShop.class
      })
  void concurrent_calls_charge_once(Class<?> door, Functions functions) throws Exception {
    TestFunction function = functions.with(Shop.class, shop).function(door);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<TestResponse>> responses = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 32; i++) {
      responses.add(pool.submit(() -> function.invokeJson(ORDER)));
    }

    List<String> errors = new ArrayList<>();
    for (Future<TestResponse> response : responses) {
      response.get().error().ifPresent(error -> errors.add(error.type()));
    }
    pool.shutdown();

    assertThat(shop.charged()).containsExactly("o-1");
    assertThat(errors)
        .allSatisfy(
            type -> assertThat(type).isEqualTo("dev.powertools.idempotency.InProgressException"));
  }
}
