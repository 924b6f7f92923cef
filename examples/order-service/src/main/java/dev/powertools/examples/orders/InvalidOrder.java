// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.core.Permanent;

/** An order that can never be charged. */
@Permanent
public class InvalidOrder extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says which order has no price. */
  public InvalidOrder(String orderId) {
    super("Order " + orderId + " has no price");
  }
}
