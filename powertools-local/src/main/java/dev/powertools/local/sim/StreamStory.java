// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened to one thing, in virtual times since the start. Equal lines in a row are told once
 * with their number, so that a record which blocked its shard for a week stays readable. Confined
 * to its simulator's lock.
 */
final class StreamStory {

  private static final int TOLD_SINGLY = 3;

  private final Instant start;
  private final List<Line> lines = new ArrayList<>();

  StreamStory(Instant start) {
    this.start = start;
  }

  /**
   * Adds a line.
   *
   * @param invocation the number of the invocation that it is about; 0 if it has none
   */
  void tell(Instant at, int invocation, String text) {
    lines.add(new Line(at, invocation, text));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < lines.size(); ) {
      int to = from;
      while (to < lines.size() && lines.get(to).text.equals(lines.get(from).text)) {
        to++;
      }
      tellRun(text, lines.subList(from, to));
      from = to;
    }
    return text.toString();
  }

  private void tellRun(StringBuilder text, List<Line> same) {
    if (same.size() <= TOLD_SINGLY) {
      same.forEach(line -> text.append(line(line)));
      return;
    }
    text.append(line(same.get(0)));
    text.append("    … ").append(same.size() - 2).append(" times more the same\n");
    text.append(line(same.get(same.size() - 1)));
  }

  private String line(Line line) {
    Duration since = Duration.between(start, line.at);
    return String.format(
        Locale.ROOT,
        "  %02d:%02d:%02d.%03d %s%s\n",
        since.toHours(),
        since.toMinutesPart(),
        since.toSecondsPart(),
        since.toMillisPart(),
        line.invocation == 0 ? "" : "[" + line.invocation + "] ",
        line.text);
  }

  private record Line(Instant at, int invocation, String text) {}
}
