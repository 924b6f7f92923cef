// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How logged lines differ from those that were expected, for people. */
final class LineDifference {

  private final List<LogLine> expected;
  private final List<LogLine> actual;
  private final int[][] common;

  private LineDifference(List<LogLine> expected, List<LogLine> actual) {
    this.expected = expected;
    this.actual = actual;
    this.common = new int[expected.size() + 1][actual.size() + 1];
  }

  /** Nothing if they have the same fields. */
  static List<String> between(List<LogLine> expected, List<LogLine> actual) {
    return new LineDifference(expected, actual).told();
  }

  private boolean same(int i, int j) {
    return expected.get(i).fields().equals(actual.get(j).fields());
  }

  /** The longest common subsequence is kept, and the rest told. */
  private List<String> told() {
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = actual.size() - 1; j >= 0; j--) {
        common[i][j] =
            same(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> told = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < actual.size()) {
      if (i < expected.size() && j < actual.size() && same(i, j)) {
        i++;
        j++;
      } else if (isChange(i, j)) {
        told.addAll(change(expected.get(i++), actual.get(j++)));
      } else if (j == actual.size()
          || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
        told.add("- line " + (i + 1) + ": " + expected.get(i++));
      } else {
        told.add("+ line " + (j + 1) + ": " + actual.get(j++));
      }
    }
    return told;
  }

  /** Neither line is found later on, so one took the place of the other. */
  private boolean isChange(int i, int j) {
    return i < expected.size()
        && j < actual.size()
        && common[i + 1][j + 1] == common[i][j]
        && expected.get(i).message().equals(actual.get(j).message());
  }

  private List<String> change(LogLine before, LogLine after) {
    List<String> told = new ArrayList<>();
    told.add("  line " + (expected.indexOf(before) + 1) + ", \"" + before.message() + "\":");
    Set<String> names = new LinkedHashSet<>(before.fields().keySet());
    names.addAll(after.fields().keySet());
    for (String name : names) {
      Object was = before.fields().get(name);
      Object is = after.fields().get(name);
      if (!Objects.equals(was, is)) {
        told.add("-   " + name + ": " + (was == null ? "(absent)" : was));
        told.add("+   " + name + ": " + (is == null ? "(absent)" : is));
      }
    }
    return told;
  }
}
