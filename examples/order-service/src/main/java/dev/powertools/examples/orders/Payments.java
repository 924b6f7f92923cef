// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.batch.RecordContext;
import dev.powertools.core.FunctionRuntime;
import java.io.IOException;

/** Who takes the money. */
@FunctionalInterface
public interface Payments {

  /** The provider of the runtime in force: a test's own, or the ledger. */
  static Payments current() {
    return FunctionRuntime.current().part(Payments.class, Ledger::of);
  }

  /**
   * Charges an order, again if asked again.
   *
   * @throws PaymentsBusy if it has no time now
   */
  void charge(OrderPlaced order, RecordContext message) throws IOException;
}
