// SPDX-License-Identifier: Apache-2.0
package com.acme;

public class Orders {

  public String charge(String order) {
    return receipt(order, 2) + total(3L, 0.5);
  }

  @Audited
  private String receipt(String order, int copies) {
    return order.repeat(copies);
  }

  @Audited
  static double total(long amount, double rate) {
    return amount * rate;
  }
}
