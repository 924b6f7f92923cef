// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.tenancy.aws.TenantCallDeniedException;

/** Does what the platform does: initialises the handler, and invokes it. */
public class Main {

  public static void main(String[] args) {
    Orders orders = new Orders();
    System.out.println(orders.handleRequest("acme#1", null));
    try {
      System.out.println(orders.handleRequest("globex#1", null));
    } catch (TenantCallDeniedException denied) {
      System.out.println("denied by " + denied.rule());
    }
  }
}
