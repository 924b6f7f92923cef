// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;
import java.util.Map;

/**
 * A message in a dead-letter queue: the event as it was, and why it is there in attributes.
 *
 * @param at when it was sent
 * @param body the event
 * @param attributes {@code RequestID}, {@code ErrorCode} (the status, a number) and {@code
 *     ErrorMessage} (at most 1 KB) from Lambda; {@code RULE_ARN}, {@code TARGET_ARN}, {@code
 *     ERROR_CODE}, {@code ERROR_MESSAGE} and more from EventBridge
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">
 *     Lambda: dead-letter queues</a>
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html">
 *     EventBridge: dead-letter queues</a>
 */
public record AsyncDeadLetter(Instant at, String body, Map<String, String> attributes) {

  /** Copies the attributes. */
  public AsyncDeadLetter {
    attributes = Map.copyOf(attributes);
  }
}
