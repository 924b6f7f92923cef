// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.retry.RetryBudget;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestClock;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import dev.powertools.testing.TestStore;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts inside a claim, whichever door the call comes through. */
@FunctionTest
class RetryDoorsTest {

  private static final Shop.Order ORDER = new Shop.Order("o-1", 500);

  private final FlakyTill till = new FlakyTill();

  @ParameterizedTest
  @ValueSource(classes = {WovenFlakyShop.class, BaseClassFlakyShop.class, PlainCodeFlakyShop.class})
  void an_order_is_tried_again_under_one_claim(
      Class<?> door, Functions functions, TestStore store, TestClock clock) {
    TestFunction function = functions.with(FlakyTill.class, till).function(door);
    till.failing("o-1", 2);

    TestResponse response = function.invoke(ORDER);
    TestResponse again = function.invoke(ORDER);

    assertThat(response.error()).isEmpty();
    assertThat(response.text()).contains("\"number\":3");
    assertThat(again.text()).isEqualTo(response.text());
    assertThat(till.calls()).containsExactly("o-1", "o-1", "o-1");
    assertThat(clock.nanoTime()).isEqualTo(Duration.ofMillis(300).toNanos());
    assertThat(store.calls())
        .as("a claim, its completion and the replay: nothing between the attempts")
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(classes = {WovenFlakyShop.class, BaseClassFlakyShop.class, PlainCodeFlakyShop.class})
  void lines_of_later_attempts_say_which(Class<?> door, Functions functions, FunctionLogs logs) {
    till.failing("o-1", 1);

    functions.with(FlakyTill.class, till).function(door).invoke(ORDER);

    assertThat(logs.lines())
        .filteredOn(line -> line.message().equals("Charging o-1"))
        .extracting(RetryDoorsTest::attempt)
        .containsExactly("", "2");
  }

  private static String attempt(LogLine line) {
    return line.field("attempt").map(String::valueOf).orElse("");
  }

  @ParameterizedTest
  @ValueSource(classes = {WovenFlakyShop.class, BaseClassFlakyShop.class, PlainCodeFlakyShop.class})
  void the_last_failure_reaches_the_platform_and_the_order_may_come_again(
      Class<?> door, Functions functions) {
    TestFunction function = functions.with(FlakyTill.class, till).function(door);
    till.failing("o-1", 3);

    TestResponse failed = function.invoke(ORDER);
    TestResponse again = function.invoke(ORDER);

    assertThat(failed.error().orElseThrow().message()).contains("No answer for o-1, 0 to go");
    assertThat(again.error()).isEmpty();
    assertThat(till.calls()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(classes = {WovenFlakyShop.class, BaseClassFlakyShop.class, PlainCodeFlakyShop.class})
  void there_is_no_further_attempt_beyond_the_budget(Class<?> door, Functions functions) {
    till.failing("o-1", 3);

    functions
        .with(FlakyTill.class, till)
        .with(RetryBudget.class, new RetryBudget(0.2, 1, 10))
        .function(door)
        .invoke(ORDER);

    assertThat(till.calls()).hasSize(2);
  }
}
