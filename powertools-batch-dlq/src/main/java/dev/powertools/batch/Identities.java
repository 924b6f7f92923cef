// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which records of a batch are the same, or claim to be. */
final class Identities {

  private Identities() {}

  /** Work that several records of the batch claim to be: it proves nothing for any of them. */
  static Set<String> claimedTwice(List<? extends BatchRecord> records) {
    Set<String> twice = Set.of();
    Set<String> ids = Set.of();
    for (BatchRecord record : records) {
      if (record.isCopy()) {
        ids = ids.isEmpty() ? idsOf(records) : ids;
        twice = twice.isEmpty() ? new HashSet<>() : twice;
        if (!ids.add(record.workId())) {
          twice.add(record.workId());
        }
      }
    }
    return twice;
  }

  private static Set<String> idsOf(List<? extends BatchRecord> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(record -> ids.add(record.id()));
    return ids;
  }

  /** The records without those that are in the batch twice. */
  static <R extends BatchRecord> List<R> distinct(List<R> given) {
    if (!mayRepeat(given)) {
      return given;
    }
    Set<String> seen = new HashSet<>(2 * given.size());
    List<R> records = new ArrayList<>(given.size());
    for (R record : given) {
      if (seen.add(record.id())) {
        records.add(record);
      }
    }
    return records;
  }

  /** Different hashes prove different ids, at a tenth of the memory that a set takes. */
  private static boolean mayRepeat(List<? extends BatchRecord> given) {
    int[] hashes = new int[given.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = given.get(i).id().hashCode();
    }
    Arrays.sort(hashes);
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        return true;
      }
    }
    return false;
  }
}
