// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What goes wrong in a simulation, on purpose. Immutable; each method returns another one. */
public final class SqsFaults {

  private final double duplicates;
  private final Map<Integer, SqsFault> byInvocation;

  private SqsFaults(double duplicates, Map<Integer, SqsFault> byInvocation) {
    this.duplicates = duplicates;
    this.byInvocation = Map.copyOf(byInvocation);
  }

  /** Nothing goes wrong. */
  public static SqsFaults none() {
    return new SqsFaults(0, Map.of());
  }

  /**
   * The share of messages that are delivered once more than they should. On a standard queue a copy
   * of the message comes up to a visibility timeout later, even if the message was deleted; on a
   * FIFO queue the batch that holds it is sent twice in a row, which keeps the order.
   *
   * @param probability 0 to 1; the seed of the queues draws
   * @throws IllegalArgumentException if it is none
   */
  public SqsFaults duplicates(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "duplicates is '" + probability + "': expected a probability, 0 to 1");
    }
    return new SqsFaults(probability, byInvocation);
  }

  /**
   * One invocation goes wrong.
   *
   * @param invocation which, counted from 1, throttled ones included
   * @throws IllegalArgumentException if it is less than 1
   */
  public SqsFaults on(int invocation, SqsFault fault) {
    if (invocation < 1) {
      throw new IllegalArgumentException("invocation is '" + invocation + "': expected 1 or more");
    }
    Map<Integer, SqsFault> more = new HashMap<>(byInvocation);
    more.put(invocation, fault);
    return new SqsFaults(duplicates, more);
  }

  double duplicates() {
    return duplicates;
  }

  Optional<SqsFault> of(int invocation) {
    return Optional.ofNullable(byInvocation.get(invocation));
  }
}
