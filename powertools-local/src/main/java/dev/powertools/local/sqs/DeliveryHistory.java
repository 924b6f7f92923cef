// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an event source mapping did, message by message, in the order it happened.
 *
 * <p>Thread-safe.
 */
public final class DeliveryHistory {
  private final Map<String, List<Delivery>> deliveries = new LinkedHashMap<>();

  synchronized void add(Delivery delivery) {
    deliveries.computeIfAbsent(delivery.messageId(), id -> new ArrayList<>()).add(delivery);
  }

  /** A message's deliveries, oldest first. */
  public synchronized List<Delivery> of(String messageId) {
    return List.copyOf(deliveries.getOrDefault(messageId, List.of()));
  }

  /** A message's last known fate; empty if it was never delivered. */
  public Optional<Delivery.Fate> fate(String messageId) {
    List<Delivery> known = of(messageId);
    return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1).fate());
  }

  /** All deliveries by message id, messages in the order of their first delivery. */
  public synchronized Map<String, List<Delivery>> all() {
    Map<String, List<Delivery>> copy = new LinkedHashMap<>();
    deliveries.forEach((id, list) -> copy.put(id, List.copyOf(list)));
    return copy;
  }

  /** An account of each message, to be read by people. */
  public String account() {
    StringBuilder text = new StringBuilder();
    all()
        .forEach(
            (id, list) -> {
              text.append(id).append('\n');
              list.forEach(d -> text.append("  ").append(line(d)).append('\n'));
            });
    return text.toString();
  }

  private static String line(Delivery d) {
    String fate = d.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "receive "
        + d.receiveCount()
        + " by "
        + d.requestId()
        + ": "
        + fate
        + " ("
        + d.reason()
        + ")";
  }
}
