// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the handlers with all features do, and what they did. Thread-safe. */
public final class Shipments {

  private static final Logger LOG = LoggerFactory.getLogger(Shipments.class);

  private final List<String> tried = Collections.synchronizedList(new ArrayList<>());
  private final List<String> shipped = Collections.synchronizedList(new ArrayList<>());

  /**
   * An order.
   *
   * @param orderId by which it is shipped once
   * @param kind what becomes of it
   */
  public record Order(String orderId, String kind) {}

  /** It can't be shipped, now or ever. */
  @Permanent
  public static final class NotForSale extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotForSale(String order) {
      super("{\"order\":\"" + order + "\",\"password\":\"hunter2\"}");
    }
  }

  /** Those of the test that is running. */
  public static Shipments current() {
    return FunctionRuntime.current().part(Shipments.class).orElseThrow();
  }

  /** Ships an order, as its kind says. */
  public Outcome ship(Order order) throws IOException {
    tried.add(order.orderId());
    boolean first = Collections.frequency(tried, order.orderId()) == 1;
    LOG.info("ships {}", order.orderId());
    switch (order.kind()) {
      case "flaky" -> failIf(first);
      case "down" -> failIf(true);
      case "later" -> {
        if (first) {
          return Outcome.retryAfter(Duration.ofMinutes(2));
        }
      }
      case "none" -> {
        return Outcome.ignored("nothing in it");
      }
      case "never" -> throw new NotForSale(order.orderId());
      default -> {}
    }
    shipped.add(order.orderId());
    return Outcome.done();
  }

  private static void failIf(boolean fails) throws IOException {
    if (fails) {
      throw new IOException("no answer");
    }
  }

  /** Orders by id, as often as they were tried. */
  public List<String> tried() {
    return tried;
  }

  /** Orders by id, as often as they were shipped. */
  public List<String> shipped() {
    return shipped;
  }
}
