// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list: what begins with the prefix, and comes after the marker; what has the
 * delimiter behind the prefix is rolled up. A marker never widens the prefix.
 *
 * @param entries what is listed by itself
 * @param commonPrefixes what is rolled up
 * @param next what the page ends with; null if it is the last
 */
record S3Page(List<Entry> entries, Set<String> commonPrefixes, S3Page.@Nullable Entry next) {

  /**
   * What is listed.
   *
   * @param key the key
   * @param id what tells entries of one key apart: a version's or an upload's; or empty
   */
  record Entry(String key, String id) {

    /** Whether it comes after a marker; one without an id is after all entries of its key. */
    boolean isAfter(Entry marker) {
      int byKey = S3Bucket.compare(key, marker.key);
      return byKey > 0 || (byKey == 0 && !marker.id.isEmpty() && id.compareTo(marker.id) > 0);
    }
  }

  static S3Page of(List<Entry> sorted, String prefix, String delimiter, Entry marker, int max) {
    List<Entry> entries = new ArrayList<>();
    Set<String> rolledUp = new LinkedHashSet<>();
    Entry last = marker;
    for (Entry entry : sorted) {
      String common = common(entry.key(), prefix, delimiter);
      if (!entry.key().startsWith(prefix)
          || !entry.isAfter(marker)
          || (!common.isEmpty() && common.equals(marker.key()))
          || rolledUp.contains(common)) {
        continue;
      }
      if (entries.size() + rolledUp.size() == max) {
        return new S3Page(entries, rolledUp, max == 0 ? null : last);
      }
      if (common.isEmpty()) {
        entries.add(entry);
        last = entry;
      } else {
        rolledUp.add(common);
        last = new Entry(common, "");
      }
    }
    return new S3Page(entries, rolledUp, null);
  }

  /** The key up to the first delimiter behind the prefix; empty if there is none. */
  private static String common(String key, String prefix, String delimiter) {
    if (delimiter.isEmpty() || !key.startsWith(prefix)) {
      return "";
    }
    int end = key.indexOf(delimiter, prefix.length());
    return end < 0 ? "" : key.substring(0, end + delimiter.length());
  }
}
