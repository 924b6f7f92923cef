// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.SqsEventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that go to the function together.
 *
 * @param number counts the batches of a mapping from 1
 * @param hiddenUntil when the first of them can be received by somebody else
 */
record SqsBatch(int number, List<SqsReceived> messages, Instant hiddenUntil) {

  /** Lambda's limit for an event, 6 MB; JSON escapes and attributes are counted roughly. */
  private static final long MAX_EVENT_BYTES = 6 * 1024 * 1024;

  private static final long OVERHEAD = 1024;

  List<String> ids() {
    return messages.stream().map(SqsReceived::id).toList();
  }

  byte[] event(LocalQueue queue) {
    return SqsEventJson.write(messages.stream().map(SqsReceived::sdk).toList(), queue);
  }

  /** Messages in as many events as it takes to keep each within the limit. */
  static List<List<SqsReceived>> split(List<SqsReceived> messages) {
    List<List<SqsReceived>> batches = new ArrayList<>();
    List<SqsReceived> batch = new ArrayList<>();
    long size = 0;
    for (SqsReceived message : messages) {
      long own = message.content().size() + OVERHEAD;
      if (!batch.isEmpty() && size + own > MAX_EVENT_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        size = 0;
      }
      batch.add(message);
      size += own;
    }
    batches.add(batch);
    return batches;
  }
}
