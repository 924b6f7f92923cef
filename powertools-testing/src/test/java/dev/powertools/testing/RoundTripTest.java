// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.powertools.local.event.Event;
import dev.powertools.local.event.Events;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTripTest {

  /** A bean as users write them. */
  public static final class Order {
    private String id = "";
    private int cents;

    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    public int getCents() {
      return cents;
    }

    public void setCents(int cents) {
      this.cents = cents;
    }
  }

  record Priced(String id) {}

  static final class Charge implements RequestHandler<Order, String> {
    @Override
    public String handleRequest(Order order, Context context) {
      return order.getId();
    }
  }

  static final class Open<T> implements RequestHandler<T, String> {
    @Override
    public String handleRequest(T event, Context context) {
      return "";
    }
  }

  @Test
  void of_an_event_of_aws_loses_nothing() {
    RoundTrip.of(Events.sqs().bodies("a", "b").attribute("x", 1), SQSEvent.class).verify();
    RoundTrip.of(Events.schedule().detail(Map.of("a", 1)), ScheduledEvent.class).verify();
  }

  @Test
  void tells_what_the_type_has_no_place_for() {
    Event event =
        Events.json("{\"id\":\"o-1\",\"cents\":5,\"tenant\":{\"id\":\"acme\"},\"tags\":[1]}");

    RoundTrip trip = RoundTrip.through(Charge.class, event);

    assertThat(trip.lost()).containsExactly("/tenant/id", "/tags/0");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(trip::verify)
        .withMessageContaining("Order")
        .withMessageContaining("/tenant/id, /tags/0");
  }

  @Test
  void tells_what_was_changed() {
    assertThat(RoundTrip.of(Events.json("{\"cents\":5.9}"), Order.class).lost())
        .containsExactly("/cents");
  }

  @Test
  void tells_why_an_event_is_refused() {
    assertThat(RoundTrip.of(Events.json("{\"cents\":\"x\"}"), Order.class).refusal().orElseThrow())
        .contains("x");
    assertThat(RoundTrip.of(Events.of(Map.of("id", "a")), Priced.class).refusal().orElseThrow())
        .contains("Priced");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(RoundTrip.of(Events.json("{\"cents\":\"x\"}"), Order.class)::verify)
        .withMessageContaining("refuses");
  }

  @Test
  void asks_for_the_type_where_a_handler_leaves_it_open() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoundTrip.through(Open.class, Events.of(1)))
        .withMessageContaining("RoundTrip.of(event, type)");
  }
}
