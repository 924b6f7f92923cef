// SPDX-License-Identifier: Apache-2.0
package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

public class Greet implements RequestHandler<Greet.Guest, String> {

  /** Read by this client, and not by the next one. */
  public record Guest(String name) {}

  @Override
  public String handleRequest(Guest guest, Context context) {
    if (guest.name() == null) {
      throw new IllegalArgumentException("nobody");
    }
    return "Hello " + guest.name();
  }
}
