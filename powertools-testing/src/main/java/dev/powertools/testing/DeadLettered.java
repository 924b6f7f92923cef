// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.Map;

/**
 * A message that a function under test sent to a queue, its dead-letter queue as a rule.
 *
 * @param queueUrl which queue
 * @param body its body
 * @param attributes its text attributes, {@code pt.reason} and {@code pt.failure} among them
 */
public record DeadLettered(String queueUrl, String body, Map<String, String> attributes) {

  /** Copies the attributes. */
  public DeadLettered {
    attributes = Map.copyOf(attributes);
  }

  /** Why, such as {@code UNDECODABLE}; empty if it does not say. */
  public String reason() {
    return attributes.getOrDefault("pt.reason", "");
  }
}
