// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

/**
 * An order, as the message's body holds it.
 *
 * @param orderId which order
 * @param cents what it costs
 * @param customer who pays
 */
public record OrderPlaced(String orderId, long cents, String customer) {}
