// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a log line is to have; all of it must hold. Fields are named by their name, or by a JSON
 * Pointer into nested ones. Confined to one thread.
 */
public final class LogLineMatcher {

  private record Condition(String text, Predicate<LogLine> holds) {}

  private final List<Condition> conditions = new ArrayList<>();

  LogLineMatcher() {}

  static LogLineMatcher of(Consumer<LogLineMatcher> what) {
    LogLineMatcher matcher = new LogLineMatcher();
    what.accept(matcher);
    if (matcher.conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "Every line has nothing: say what, line -> line.message(\"…\").field(\"orderId\", \"…\")");
    }
    return matcher;
  }

  /** The message, exactly. */
  public LogLineMatcher message(String message) {
    return field("message", message);
  }

  /** A part of the message. */
  public LogLineMatcher messageContaining(String part) {
    return matching("a message containing \"" + part + "\"", l -> l.message().contains(part));
  }

  /** The level, such as {@code ERROR}. */
  public LogLineMatcher level(String level) {
    return field("level", level);
  }

  /** A field and its value; numbers are compared by value. */
  public LogLineMatcher field(String field, Object value) {
    Objects.requireNonNull(value, "value");
    String shown = value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
    return matching(
        field + " = " + shown, line -> line.at(field).filter(at -> same(at, value)).isPresent());
  }

  /** A field, whatever its value. */
  public LogLineMatcher has(String field) {
    return matching("a field " + field, line -> line.at(field).isPresent());
  }

  /** The absence of a field. */
  public LogLineMatcher hasNo(String field) {
    return matching("no field " + field, line -> line.at(field).isEmpty());
  }

  /** Anything else, with what to call it in a failure. */
  public LogLineMatcher matching(String description, Predicate<LogLine> condition) {
    conditions.add(new Condition(description, Objects.requireNonNull(condition)));
    return this;
  }

  boolean matches(LogLine line) {
    return missedBy(line).isEmpty();
  }

  List<String> missedBy(LogLine line) {
    return conditions.stream().filter(c -> !c.holds.test(line)).map(Condition::text).toList();
  }

  private static boolean same(Object actual, Object expected) {
    if (actual instanceof Number && expected instanceof Number) {
      return new BigDecimal(actual.toString()).compareTo(new BigDecimal(expected.toString())) == 0;
    }
    return actual.equals(expected instanceof CharSequence ? expected.toString() : expected);
  }

  @Override
  public String toString() {
    return String.join(" and ", conditions.stream().map(Condition::text).toList());
  }
}
