// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times of contenders that took turns, and their medians beside the first one's. */
final class Medians {

  private final Map<String, List<Long>> times = new LinkedHashMap<>();

  void add(String contender, long millis) {
    times.computeIfAbsent(contender, c -> new ArrayList<>()).add(millis);
  }

  /** Prints a table; the first contender is 1.00. */
  void print(int rounds) {
    double first = median(times.values().iterator().next());
    System.out.printf("%d rounds, %s%n", rounds, Runtime.version());
    System.out.printf("%-32s %10s %8s%n", "", "median ms", "x first");
    times.forEach(
        (contender, list) ->
            System.out.printf(
                Locale.ROOT,
                "%-32s %10.0f %8.2f%n",
                contender,
                median(list),
                median(list) / first));
  }

  private static double median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
