// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Who was sent, who is gone and why, and the story of each. It knows nothing of the queues'
 * contents, so that the two can be checked against each other. Confined to the lock of its queues.
 */
final class SqsLedger {

  private final Instant start;
  private final Map<String, SqsStored> sent = new LinkedHashMap<>();
  private final Map<String, List<String>> stories = new LinkedHashMap<>();
  private final Map<String, String> deleted = new LinkedHashMap<>();
  private final Map<String, String> expired = new LinkedHashMap<>();

  SqsLedger(Instant start) {
    this.start = start;
  }

  int size() {
    return sent.size();
  }

  void sent(SqsStored message, String text) {
    sent.put(message.id, message);
    tell(message.id, message.sentAt, text);
  }

  void deleted(SqsStored message, Instant at, String rule) {
    deleted.put(message.id, rule);
    tell(message.id, at, "deleted: " + rule);
  }

  void expired(SqsStored message, Instant at, String why) {
    expired.put(message.id, why);
    tell(message.id, at, "expired: " + why);
  }

  void tell(String id, Instant at, String text) {
    stories.computeIfAbsent(id, i -> new ArrayList<>()).add(time(at) + "  " + text);
  }

  boolean knows(String id) {
    return sent.containsKey(id);
  }

  /** A message that was sent, wherever it is now. */
  SqsStored existing(String id) {
    return Objects.requireNonNull(sent.get(id), id);
  }

  boolean isGone(String id) {
    return deleted.containsKey(id) || expired.containsKey(id);
  }

  Map<String, SqsStored> sent() {
    return sent;
  }

  Map<String, String> deleted() {
    return deleted;
  }

  Map<String, String> expired() {
    return expired;
  }

  List<String> story(String id) {
    return stories.getOrDefault(id, List.of());
  }

  /** A time since the start, such as {@code +00:01:30.000} or {@code +4d 00:00:00.000}. */
  String time(Instant at) {
    Duration since = Duration.between(start, at);
    String days = since.toDays() == 0 ? "" : since.toDays() + "d ";
    return String.format(
        Locale.ROOT,
        "+%s%02d:%02d:%02d.%03d",
        days,
        since.toHoursPart(),
        since.toMinutesPart(),
        since.toSecondsPart(),
        since.toMillisPart());
  }
}
