// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.contract.BatchFunctionContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every function that takes batches holds for ours, through every door. */
@Tag("heavy")
class BatchContractTest {

  // region contract
  abstract static class OfOrders extends BatchFunctionContract {

    private final Shop shop = new Shop();

    abstract Class<?> handler();

    @Override
    protected TestFunction function(Functions functions) {
      return functions.with(Shop.class, shop).function(handler());
    }

    @Override
    protected Object good(int number) {
      return new Shop.Order("o-" + number, 5);
    }

    @Override
    protected Object bad(int number) {
      return new Shop.Order("o-" + number, 0);
    }

    @Override
    protected Optional<Object> fatal() {
      return Optional.of(new Shop.Order("o-1", Shop.TOO_MUCH));
    }

    @Override
    protected List<Integer> handled() {
      return shop.charged().stream().map(order -> Integer.valueOf(order.substring(2))).toList();
    }
  }

  // endregion

  @Nested
  class A_base_class extends OfOrders {
    @Override
    Class<?> handler() {
      return BaseClassOrders.class;
    }
  }

  @Nested
  class A_woven_base_class extends OfOrders {
    @Override
    Class<?> handler() {
      return WovenOrders.class;
    }
  }

  @Nested
  class Plain_code extends OfOrders {
    @Override
    Class<?> handler() {
      return PlainCodeOrders.class;
    }
  }

  /** A loop as one writes it by hand; each subclass has a flaw that such loops have. */
  abstract static class ByHand implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      List<Map<String, Object>> failures = new ArrayList<>();
      for (Object record : (List<?>) event.get("Records")) {
        Map<?, ?> message = (Map<?, ?>) record;
        try {
          charge(String.valueOf(message.get("body")));
        } catch (Exception e) {
          failures.add(Map.of("itemIdentifier", String.valueOf(message.get("messageId"))));
        }
      }
      return answer(failures);
    }

    void charge(String body) throws Exception {
      Shop.Order order =
          PayloadCodec.standard()
              .forClass(Shop.Order.class)
              .read(body.getBytes(StandardCharsets.UTF_8));
      Shop.current().charge(order.orderId(), order.cents());
    }

    Map<String, Object> answer(List<Map<String, Object>> failures) {
      return Map.of("batchItemFailures", failures);
    }
  }

  public static class Sound extends ByHand {}

  public static class AnswersNull extends ByHand {
    @Override
    Map<String, Object> answer(List<Map<String, Object>> failures) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("batchItemFailures", failures.isEmpty() ? null : failures);
      return answer;
    }
  }

  public static class NamesItWrong extends ByHand {
    @Override
    Map<String, Object> answer(List<Map<String, Object>> failures) {
      return Map.of("batchItemFailures", failures.stream().map(f -> Map.of("id", f)).toList());
    }
  }

  public static class SwallowsFailures extends ByHand {
    @Override
    void charge(String body) {
      try {
        super.charge(body);
      } catch (Exception e) {
        return; // that is the flaw
      }
    }
  }

  public static class FailsAsAWhole extends ByHand {
    @Override
    Map<String, Object> answer(List<Map<String, Object>> failures) {
      if (!failures.isEmpty()) {
        throw new IllegalStateException("some failed");
      }
      return super.answer(failures);
    }
  }

  public static class SkipsTheRest extends ByHand {
    private boolean failed;

    @Override
    void charge(String body) throws Exception {
      if (!failed) {
        failed = true;
        super.charge(body);
        failed = false;
      }
    }

    @Override
    Map<String, Object> answer(List<Map<String, Object>> failures) {
      failed = false;
      return super.answer(failures);
    }
  }

  @ExtendWith(ContractRun.OnlyHere.class)
  abstract static class OnlyHere extends OfOrders {}

  static class OfSound extends OnlyHere {
    @Override
    Class<?> handler() {
      return Sound.class;
    }
  }

  static class OfAnswersNull extends OnlyHere {
    @Override
    Class<?> handler() {
      return AnswersNull.class;
    }
  }

  static class OfNamesItWrong extends OnlyHere {
    @Override
    Class<?> handler() {
      return NamesItWrong.class;
    }
  }

  static class OfSwallowsFailures extends OnlyHere {
    @Override
    Class<?> handler() {
      return SwallowsFailures.class;
    }
  }

  static class OfFailsAsAWhole extends OnlyHere {
    @Override
    Class<?> handler() {
      return FailsAsAWhole.class;
    }
  }

  static class OfSkipsTheRest extends OnlyHere {
    @Override
    Class<?> handler() {
      return SkipsTheRest.class;
    }
  }

  static List<Arguments> flaws() {
    return List.of(
        Arguments.of(
            OfAnswersNull.class,
            "a_batch_that_succeeds_is_answered_with_an_empty_list_and_never_null",
            "has no list \"batchItemFailures\", which the platform takes for complete success"),
        Arguments.of(
            OfNamesItWrong.class,
            "every_subset_of_failing_messages_is_reported_exactly",
            "has a failure without \"itemIdentifier\""),
        Arguments.of(
            OfSwallowsFailures.class,
            "every_subset_of_failing_messages_is_reported_exactly",
            "in which [m-4] fail the function acknowledged [m-4]: these are lost"),
        Arguments.of(
            OfFailsAsAWhole.class,
            "every_subset_of_failing_messages_is_reported_exactly",
            "so all of it comes again: java.lang.IllegalStateException: some failed"),
        Arguments.of(
            OfSkipsTheRest.class,
            "every_subset_of_failing_messages_is_reported_exactly",
            "the good messages [5, 6, 7] were neither handled nor reported"));
  }

  @Test
  void a_sound_loop_passes() {
    ContractRun run = ContractRun.of(OfSound.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(8);
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void a_flawed_loop_fails_and_is_told_why(Class<?> contract, String test, String message) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(test, told -> assertThat(told).contains(message));
  }
}
