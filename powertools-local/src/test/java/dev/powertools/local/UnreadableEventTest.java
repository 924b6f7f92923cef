// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event that can't be read into the handler's type: which part, which type, what to do. */
class UnreadableEventTest {

  /** What a user may write, and the runtime client doesn't make. */
  public record Priced(String id) {}

  /** A bean with a list. */
  public static final class Basket {
    private List<Handlers.Order> orders = List.of();
    private Priced best = new Priced("");

    public List<Handlers.Order> getOrders() {
      return orders;
    }

    public void setOrders(List<Handlers.Order> orders) {
      this.orders = orders;
    }

    public Priced getBest() {
      return best;
    }

    public void setBest(Priced best) {
      this.best = best;
    }
  }

  /** Takes a record. */
  public static final class OfRecord implements RequestHandler<Priced, String> {
    @Override
    public String handleRequest(Priced event, Context context) {
      return event.id();
    }
  }

  /** Takes the bean. */
  public static final class OfBasket implements RequestHandler<Basket, String> {
    @Override
    public String handleRequest(Basket event, Context context) {
      return "" + event.getOrders().size();
    }
  }

  /** A plain class. */
  public static final class Plain {
    public String price(Priced event) {
      return event.id();
    }
  }

  private static String message(String handler, String event) {
    try (LocalFunction function = LocalFunction.inProcess(FunctionOptions.of(handler))) {
      return function
          .invoke(event.getBytes(StandardCharsets.UTF_8))
          .error()
          .orElseThrow()
          .message();
    }
  }

  @Test
  void names_the_member_and_its_type() {
    assertThat(message(OfBasket.class.getName(), "{\"orders\":[{},{\"cents\":\"x\"}]}"))
        .startsWith("An error occurred during JSON parsing: ")
        .contains("/orders/1/cents, to be read as int", "mend the event there");
  }

  @Test
  void tells_what_to_do_about_a_record() {
    assertThat(message(OfRecord.class.getName(), "{\"id\":\"a\"}"))
        .contains("the whole event, to be read as " + Priced.class.getName())
        .contains("bean", "extend FunctionHandler");
    assertThat(message(OfBasket.class.getName(), "{\"best\":{\"id\":\"a\"}}"))
        .contains("/best, to be read as " + Priced.class.getName(), "extend FunctionHandler");
    assertThat(message(Plain.class.getName() + "::price", "{\"id\":\"a\"}"))
        .contains("extend FunctionHandler");
  }

  @Test
  void tells_of_text_that_is_no_json() {
    assertThat(message(OfBasket.class.getName(), "{\"orders\":oops}"))
        .startsWith("An error occurred during JSON parsing: ")
        .contains("oops");
  }
}
