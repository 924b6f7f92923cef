// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.internal.LiveInvocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Keeps apart what may kill the function. Nobody hears of a record that does: all records of its
 * batch just come again, and each of them has been received once more. So one that was received
 * {@value #SUSPICIOUS} times, or is received for the last time, is a suspect. That proves nothing,
 * and it runs as the others do, but last and alone.
 *
 * <p>A lane keeps its order: one with a suspect runs after the others, in parts of which a suspect
 * is one.
 */
final class Isolation {

  private static final int SUSPICIOUS = 3;

  private Isolation() {}

  /** Whether a record came before, so that there is something to look at. */
  static boolean isNeeded(List<? extends BatchRecord> records) {
    for (BatchRecord record : records) {
      if (record.receiveCount() > 1 && record.receipt() != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * The records, by index, in the parts in which they run, one part after the other.
   *
   * @throws ConfigurationException if the queue gives messages up before they count as poison
   */
  static List<int[]> parts(
      LiveInvocation batch, List<? extends BatchRecord> records, BatchOptions options) {
    String source = records.get(0).source();
    requirePoisonBeforeLimit(batch, source, options);
    int limit =
        records.stream().anyMatch(record -> record.receiveCount() == SUSPICIOUS - 1)
            ? ReceiveLimits.within(batch, source)
            : ReceiveLimits.NONE;
    return parts(
        records,
        record ->
            record.receipt() != null
                && record.receiveCount() >= Math.min(SUSPICIOUS, limit)
                && !options.isPoison(record));
  }

  private static void requirePoisonBeforeLimit(
      LiveInvocation batch, String source, BatchOptions options) {
    int poison = options.poisonAfterReceives().orElse(0);
    if (poison == 0) {
      return;
    }
    int limit = ReceiveLimits.within(batch, source);
    if (poison >= limit) {
      throw new ConfigurationException(
          "poisonAfterReceives = "
              + poison
              + ", but the redrive policy of "
              + source
              + " gives a message up after "
              + limit
              + " receives, so none would ever count as poison. Raise its maxReceiveCount, or lower"
              + " poisonAfterReceives.");
    }
  }

  static List<int[]> parts(List<? extends BatchRecord> records, Predicate<BatchRecord> suspect) {
    Map<String, List<Integer>> lanesApart = new LinkedHashMap<>();
    for (BatchRecord record : records) {
      String lane = record.lane();
      if (lane != null && suspect.test(record)) {
        lanesApart.put(lane, new ArrayList<>());
      }
    }
    List<Integer> together = new ArrayList<>();
    List<int[]> apart = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      String lane = records.get(i).lane();
      if (lane != null && lanesApart.containsKey(lane)) {
        lanesApart.get(lane).add(i);
      } else if (lane == null && suspect.test(records.get(i))) {
        apart.add(new int[] {i});
      } else {
        together.add(i);
      }
    }
    lanesApart.values().forEach(lane -> cut(lane, records, suspect, apart));
    if (!together.isEmpty()) {
      apart.add(0, array(together));
    }
    return apart;
  }

  private static void cut(
      List<Integer> lane,
      List<? extends BatchRecord> records,
      Predicate<BatchRecord> suspect,
      List<int[]> parts) {
    List<Integer> open = new ArrayList<>();
    for (int index : lane) {
      boolean alone = suspect.test(records.get(index));
      if (alone && !open.isEmpty()) {
        parts.add(array(open));
        open.clear();
      }
      if (alone) {
        parts.add(new int[] {index});
      } else {
        open.add(index);
      }
    }
    if (!open.isEmpty()) {
      parts.add(array(open));
    }
  }

  private static int[] array(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }
}
