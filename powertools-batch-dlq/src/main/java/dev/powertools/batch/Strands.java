// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The records of a batch, by index, in the strands in which they run one after the other. */
final class Strands {

  private Strands() {}

  /** Records of a lane together, each in the place of its first. */
  static Collection<int[]> of(int size, IntFunction<@Nullable String> lanes) {
    Map<Object, int[]> strands = new LinkedHashMap<>(2 * size);
    for (int i = 0; i < size; i++) {
      String lane = lanes.apply(i);
      Object key = lane == null ? i : lane;
      strands.put(key, with(i, strands.get(key)));
    }
    return strands.values();
  }

  private static int[] with(int record, int @Nullable [] strand) {
    if (strand == null) {
      return new int[] {record};
    }
    int[] longer = Arrays.copyOf(strand, strand.length + 1);
    longer[strand.length] = record;
    return longer;
  }
}
