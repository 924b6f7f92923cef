// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.core.Transient;

/** The payment provider has no time now. */
@Transient
public class PaymentsBusy extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says which order waits. */
  public PaymentsBusy(String orderId) {
    super("The payment provider is busy; order " + orderId + " has to wait");
  }
}
