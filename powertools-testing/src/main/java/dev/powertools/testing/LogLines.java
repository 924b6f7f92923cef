// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lines that functions have logged, in their order: a list, which can be narrowed down, and which
 * checks its structure. Fields are named by their name, or by a JSON Pointer (RFC 6901) into nested
 * ones, {@code /error/message}. Checks throw an {@link AssertionError} that shows the lines, and
 * give the same lines back otherwise. Immutable.
 *
 * <pre>{@code
 * logs.of(response)
 *     .withLevel("ERROR")
 *     .hasLine(line -> line.message("Not charged").field("/error/name", "com.acme.NoMoney"));
 * }</pre>
 */
public final class LogLines extends AbstractList<LogLine> {

  private static final int NEAREST = 3;

  private final List<LogLine> lines;

  LogLines(List<LogLine> lines) {
    this.lines = List.copyOf(lines);
  }

  @Override
  public LogLine get(int index) {
    return lines.get(index);
  }

  @Override
  public int size() {
    return lines.size();
  }

  /** The lines of a level, such as {@code ERROR}. */
  public LogLines withLevel(String level) {
    return with(line -> line.level().equals(level));
  }

  /** The lines with a message. */
  public LogLines withMessage(String message) {
    return with(line -> line.message().equals(message));
  }

  /** The lines that have a value in a field; numbers are compared by value. */
  public LogLines withField(String field, Object value) {
    return with(new LogLineMatcher().field(field, value)::matches);
  }

  private LogLines with(Predicate<LogLine> wanted) {
    return new LogLines(lines.stream().filter(wanted).toList());
  }

  /** The values of a field, of the lines that have it. */
  public List<Object> fieldsOf(String field) {
    List<Object> values = new ArrayList<>();
    lines.forEach(line -> line.at(field).ifPresent(values::add));
    return values;
  }

  /** Checks that there is such a line. */
  public LogLines hasLine(Consumer<LogLineMatcher> what) {
    LogLineMatcher wanted = LogLineMatcher.of(what);
    if (lines.stream().noneMatch(wanted::matches)) {
      throw new AssertionError("No line has " + wanted + "." + nearest(wanted));
    }
    return this;
  }

  /** Checks that there is no such line. */
  public LogLines hasNoLine(Consumer<LogLineMatcher> what) {
    LogLineMatcher unwanted = LogLineMatcher.of(what);
    LogLines found = with(unwanted::matches);
    if (!found.isEmpty()) {
      throw new AssertionError("No line was to have " + unwanted + ":" + found.listed());
    }
    return this;
  }

  /** Checks that each line has a value in a field, and that there is a line at all. */
  public LogLines everyLineHas(String field, Object value) {
    LogLineMatcher wanted = new LogLineMatcher().field(field, value);
    if (lines.isEmpty()) {
      throw new AssertionError("There is no line that could have " + wanted);
    }
    LogLines without = with(line -> !wanted.matches(line));
    if (!without.isEmpty()) {
      throw new AssertionError(
          without.size()
              + " of "
              + size()
              + " lines don't have "
              + wanted
              + ":"
              + without.listed());
    }
    return this;
  }

  /**
   * Checks that the lines are those of a golden file in {@code src/test/resources/golden}. What
   * differs from run to run is replaced before, in the order of its appearance: request ids by
   * {@code <request-1>}, other random UUIDs by {@code <uuid-1>}, X-Ray trace ids by {@code
   * <trace-1>}, timestamps by {@code <time>}; stacks keep the frames of the project, without line
   * numbers. The order of fields does not matter.
   *
   * <p>With {@code -Dgolden.update=true}, or {@code GOLDEN_UPDATE=true} in the environment, the
   * file is written instead.
   *
   * @param file its name, such as {@code orders.jsonl}
   * @param varying further fields whose values differ from run to run, replaced by {@code <any>}
   */
  public LogLines matchGolden(String file, String... varying) {
    return matchGolden(GoldenFile.named(file), varying);
  }

  LogLines matchGolden(GoldenFile file, String... varying) {
    file.match(new Placeholders(List.of(varying)).inPlaceOf(lines));
    return this;
  }

  private String nearest(LogLineMatcher wanted) {
    if (lines.isEmpty()) {
      return " There is no line at all.";
    }
    StringBuilder text = new StringBuilder(" Of " + size() + " lines the nearest:");
    lines.stream()
        .sorted((a, b) -> wanted.missedBy(a).size() - wanted.missedBy(b).size())
        .limit(NEAREST)
        .forEach(
            line ->
                text.append("\n  ")
                    .append(line)
                    .append("\n    lacks ")
                    .append(String.join(", ", wanted.missedBy(line))));
    return text.toString();
  }

  private String listed() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }
}
