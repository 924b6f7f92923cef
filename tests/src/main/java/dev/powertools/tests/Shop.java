// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the handlers of these tests do, given by the test. Thread-safe. */
public final class Shop {

  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

  private final List<String> charged = Collections.synchronizedList(new ArrayList<>());

  /** An order. */
  public record Order(String orderId, long cents) {}

  /** What a charge gives. */
  public record Receipt(String orderId, int number) {}

  /** The shop of the test that is running. */
  public static Shop current() {
    return FunctionRuntime.current().part(Shop.class).orElseThrow();
  }

  /** The price at which the till breaks down. */
  public static final long TOO_MUCH = Long.MAX_VALUE;

  /**
   * Charges an order; one without a price is refused by a checked exception, one that is too much
   * by an error.
   */
  public Receipt charge(String orderId, long cents) throws IOException {
    if (cents == TOO_MUCH) {
      throw new AssertionError("Order " + orderId + " is too much");
    }
    if (cents <= 0) {
      throw new IOException("Order " + orderId + " has no price");
    }
    charged.add(orderId);
    LOG.info("Charged {}", orderId);
    return new Receipt(orderId, charged.size());
  }

  /** The orders that were charged, in order, as often as they were. */
  public List<String> charged() {
    return charged;
  }
}
