// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it arrived.
 *
 * @param envelope a claim that nobody has verified
 * @param body what the sender has signed
 * @param queue the ARN of the queue that it came from; empty text if from none
 * @param topic the ARN of the topic that it came from without a queue; empty text if from none
 * @param sentAt when queue or topic got it, as they say; {@code null} if they do not
 */
record Letter(String envelope, String body, String queue, String topic, @Nullable Instant sentAt) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "a message";
  }
}
