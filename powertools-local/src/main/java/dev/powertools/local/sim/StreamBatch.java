// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that are sent to the function together, and what has come of them so far.
 *
 * @param records in the stream's order
 * @param retries how many of its retries it has used up
 * @param throttles how often it did not reach the function since it last did
 * @param invocations how often it, or the batch it is a part of, was sent
 * @param notBefore when it is due
 * @param last what came of it last; null if it never reached the function
 */
record StreamBatch(
    List<StreamRecord> records,
    int retries,
    int throttles,
    int invocations,
    Instant notBefore,
    @Nullable StreamInvocation last) {

  StreamBatch {
    records = List.copyOf(records);
  }

  static StreamBatch of(List<StreamRecord> records, Instant now) {
    return new StreamBatch(records, 0, 0, 0, now, null);
  }

  int size() {
    return records.size();
  }

  StreamBatch with(List<StreamRecord> part) {
    return new StreamBatch(part, retries, throttles, invocations, notBefore, last);
  }

  StreamBatch invoked(StreamInvocation invocation) {
    return new StreamBatch(records, retries, 0, invocations + 1, invocation.at(), invocation);
  }

  StreamBatch retryAt(Instant moment) {
    return new StreamBatch(records, retries + 1, 0, invocations, moment, last);
  }

  StreamBatch throttledUntil(Instant moment) {
    return new StreamBatch(records, retries, throttles + 1, invocations, moment, last);
  }
}
