// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where every message is that was ever sent: in exactly one place, or something is wrong.
 *
 * @param sent how many were sent
 * @param deleted those that were deleted, with the rule by which
 * @param expired those that a queue no longer kept, with why
 * @param held those that a queue holds, with its name and whether they are visible, in flight or
 *     delayed
 * @param wrong those that are nowhere or in two places, in words; empty if all is well
 */
public record SqsConservation(
    int sent,
    Map<String, String> deleted,
    Map<String, String> expired,
    Map<String, String> held,
    List<String> wrong) {

  /** Copies the maps, in their order. */
  public SqsConservation {
    deleted = new LinkedHashMap<>(deleted);
    expired = new LinkedHashMap<>(expired);
    held = new LinkedHashMap<>(held);
    wrong = List.copyOf(wrong);
  }

  static SqsConservation of(SqsWorld world) {
    Map<String, String> held = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (SqsQueue queue : world.queues()) {
      for (SqsStored message : queue.messages()) {
        String before = held.put(message.id, queue.names.name() + ", " + state(message, world));
        if (before != null) {
          wrong.add(message.id + " is held twice: " + before + "; " + held.get(message.id));
        }
      }
    }
    SqsLedger ledger = world.ledger;
    for (String id : ledger.sent().keySet()) {
      List<String> places = new ArrayList<>();
      addPlace(places, "held by ", held.get(id));
      addPlace(places, "deleted: ", ledger.deleted().get(id));
      addPlace(places, "expired: ", ledger.expired().get(id));
      if (places.size() != 1) {
        wrong.add(id + (places.isEmpty() ? " is lost" : " is in two places: " + places));
      }
    }
    return new SqsConservation(
        ledger.sent().size(), ledger.deleted(), ledger.expired(), held, wrong);
  }

  private static void addPlace(List<String> places, String what, @Nullable String detail) {
    if (detail != null) {
      places.add(what + detail);
    }
  }

  static String state(SqsStored message, SqsWorld world) {
    if (message.isVisible(world.now())) {
      return "visible";
    }
    String until = world.ledger.time(message.visibleAt);
    return (message.inFlight(world.now()) ? "in flight until " : "delayed until ") + until;
  }
}
