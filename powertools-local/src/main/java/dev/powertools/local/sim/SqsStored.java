// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message and where it stands. Confined to the lock of its queues. */
final class SqsStored {

  final int number;
  final String id;
  final SqsOutgoing content;
  final boolean sentByClient;
  SqsQueue queue;
  Instant sentAt;
  Instant visibleAt;
  @Nullable String sequence;
  @Nullable String movedFrom;
  int receives;
  @Nullable Instant firstReceivedAt;
  Instant receivedAt;

  /** The latest receipt handle; null while nobody has received it from this queue. */
  @Nullable String handle;

  SqsStored(
      int number,
      String id,
      SqsOutgoing content,
      boolean sentByClient,
      SqsQueue queue,
      Instant sentAt,
      Instant visibleAt) {
    this.number = number;
    this.id = id;
    this.content = content;
    this.sentByClient = sentByClient;
    this.queue = queue;
    this.sentAt = sentAt;
    this.visibleAt = visibleAt;
    this.receivedAt = sentAt;
  }

  boolean isVisible(Instant now) {
    return !visibleAt.isAfter(now);
  }

  boolean inFlight(Instant now) {
    return handle != null && !isVisible(now);
  }

  String group() {
    return content.groupId() == null ? "" : content.groupId();
  }

  /** Received: a new handle, one more receive, hidden for a time that starts now. */
  String take(Instant now, Instant hiddenUntil) {
    receives++;
    handle = "receipt-" + id + "-" + receives;
    receivedAt = now;
    visibleAt = hiddenUntil;
    if (firstReceivedAt == null) {
      firstReceivedAt = now;
    }
    return handle;
  }

  SqsReceived received(String receipt, int times) {
    return new SqsReceived(id, receipt, times, content, systemAttributes(times));
  }

  private Map<String, String> systemAttributes(int times) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("SenderId", "AIDALOCAL");
    attributes.put("SentTimestamp", "" + sentAt.toEpochMilli());
    attributes.put("ApproximateReceiveCount", "" + times);
    Instant first = firstReceivedAt == null ? receivedAt : firstReceivedAt;
    attributes.put("ApproximateFirstReceiveTimestamp", "" + first.toEpochMilli());
    putIfPresent(attributes, "SequenceNumber", sequence);
    putIfPresent(attributes, "MessageGroupId", content.groupId());
    putIfPresent(attributes, "MessageDeduplicationId", content.deduplicationId());
    putIfPresent(attributes, "AWSTraceHeader", content.traceHeader());
    putIfPresent(attributes, "DeadLetterQueueSourceArn", movedFrom);
    return attributes;
  }

  private static void putIfPresent(Map<String, String> map, String name, @Nullable String value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
