// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A till that does not answer at first, as often as a test says. Thread-safe. */
public final class FlakyTill {

  private static final Logger LOG = LoggerFactory.getLogger(FlakyTill.class);

  private final ConcurrentHashMap<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /** The till of the test that is running. */
  public static FlakyTill current() {
    return FunctionRuntime.current().part(FlakyTill.class).orElseThrow();
  }

  /** So many charges of an order fail before one succeeds. */
  public FlakyTill failing(String orderId, int times) {
    failures.put(orderId, times);
    return this;
  }

  /** Charges an order. */
  public Shop.Receipt charge(String orderId) throws IOException {
    calls.add(orderId);
    LOG.info("Charging {}", orderId);
    int left = failures.merge(orderId, -1, Integer::sum);
    if (left >= 0) {
      throw new IOException("No answer for " + orderId + ", " + left + " to go");
    }
    return new Shop.Receipt(orderId, calls.size());
  }

  /** The orders that it was asked to charge, in order, as often as it was. */
  public List<String> calls() {
    return calls;
  }
}
