// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.idempotency.Idempotent;

/** Work that costs next to nothing itself, done once for each key. */
public class IdempotentCalls {

  private int number;

  /** An order. */
  public record Order(String id, int cents) {}

  /** What a charge gives. */
  public record Receipt(String id, int number) {}

  /** Not woven. */
  public Receipt direct(Order order) {
    return new Receipt(order.id(), ++number);
  }

  /** Woven. */
  @Idempotent(name = "charge", key = "/id")
  public Receipt charge(Order order) {
    return new Receipt(order.id(), ++number);
  }
}
