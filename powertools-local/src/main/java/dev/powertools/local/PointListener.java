// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

/**
 * Is told when a function reaches a named point, on the very thread that does. It may block there,
 * which is how a test holds one delivery while another runs. Thread-safe.
 *
 * @see Points
 */
@FunctionalInterface
public interface PointListener {

  /** Called when a function reaches the point; the function goes on when this returns. */
  void reached(String point);
}
