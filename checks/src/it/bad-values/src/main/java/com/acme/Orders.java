// SPDX-License-Identifier: Apache-2.0
package com.acme;

public abstract class Orders {

  @Limited(per = "5 parsecs", key = "orderId")
  void charge() {}

  @Audited
  abstract void refund();
}
