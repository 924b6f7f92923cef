// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

/**
 * A message that the demo sent.
 *
 * @param messageId the queue's id for it
 * @param kind what is special about it, for people
 * @param orderId the order in it; empty if it can't be read
 */
record SentMessage(String messageId, String kind, String orderId) {}
