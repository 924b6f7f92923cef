// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values out of an event, whatever its form: UTF-8 JSON as {@code byte[]}, text,
 * {@code Map} and {@code List}, records, and objects with getters such as those of {@code
 * aws-lambda-java-events}.
 *
 * <p>One {@link JsonPointer} fits all forms. Each step takes the member of exactly that name, else
 * the one member whose name differs only in case (of getters also in hyphens and underscores, which
 * Java names cannot have). Strings that hold JSON are stepped into; before that, Base64 is decoded
 * where {@code isBase64Encoded} stands beside the string or it is called {@code data} (Kinesis,
 * CloudWatch Logs), and gzip is unpacked.
 *
 * <p>What is missing, null, or not JSON where a step needs it, is empty and never an error. {@link
 * EventViewException} tells of several members that a step might mean, of more than 64 levels or 8
 * MB of text, and of getters that throw. Times keep the notation of the form: the wire's text, or
 * ISO-8601 for date objects.
 *
 * <p>Thread-safe as long as nobody changes the event.
 */
public final class EventView {

  private static final EventView EMPTY = new EventView(null);

  private final @Nullable Object event;
  private @Nullable HeldJson whole;
  private @Nullable HeldJson part;

  private EventView(@Nullable Object event) {
    this.event = event;
  }

  /** A view of no event: everything is missing. */
  public static EventView empty() {
    return EMPTY;
  }

  /** A view of an event; nothing is read until it is asked for. */
  public static EventView of(@Nullable Object event) {
    return new EventView(event);
  }

  /**
   * The text of a scalar: numbers in plain notation without trailing zeros, binary as Base64. Empty
   * for objects and arrays.
   */
  public Optional<String> text(JsonPointer pointer) {
    return Optional.ofNullable(EventValues.text(find(pointer)));
  }

  /** A whole number, or the text of one; empty if it is anything else. */
  public Optional<Long> integer(JsonPointer pointer) {
    String text = EventValues.text(find(pointer));
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The value at exactly these names, for decisions that no look-alike may make: the names of maps
   * must match in case, and strings are not stepped into, whatever they hold. (Getters are matched
   * as ever, since no sender chooses them.) Its own form, unconverted: a {@code String}, {@code
   * Number}, {@code Boolean}, {@code List} or {@code Map}, or an object with getters.
   *
   * @throws EventViewException also if the JSON has a key of the path twice
   */
  public Optional<Object> exactly(JsonPointer pointer) {
    try {
      Object value = root();
      for (int step = 0; step < pointer.size() && value != null; step++) {
        value = EventValues.exactStep(value, pointer.name(step), pointer.index(step));
      }
      return Optional.ofNullable(value);
    } catch (EventViewException e) {
      throw at(pointer, e);
    }
  }

  /** Whether there is a value other than null. */
  public boolean exists(JsonPointer pointer) {
    return find(pointer) != null;
  }

  /**
   * The value as JSON, for all that it holds. Objects are written by their getters that are not
   * null.
   *
   * @throws EventViewException also if it cannot be written without loss
   */
  public Optional<byte[]> json(JsonPointer pointer) {
    Object value = find(pointer);
    if (value == null) {
      return Optional.empty();
    }
    JsonWriter writer = new JsonWriter();
    try {
      new EventJson(writer).write(value);
    } catch (EventViewException e) {
      throw at(pointer, e);
    }
    return Optional.of(writer.toByteArray());
  }

  /**
   * An HTTP header of API Gateway (both payload formats), function URLs and load balancers (with
   * multi-value headers or without), whatever the case of its name. Several values are joined by
   * commas, as RFC 9110, section 5.3 has it.
   */
  public Optional<String> header(String name) {
    Object root = root();
    Object several = EventValues.member(EventValues.member(root, "multiValueHeaders"), name);
    if (several instanceof List<?> values && !values.isEmpty()) {
      return Optional.of(joined(values));
    }
    Object single = EventValues.member(EventValues.member(root, "headers"), name);
    return Optional.ofNullable(EventValues.text(single));
  }

  private static String joined(List<?> values) {
    StringBuilder text = new StringBuilder();
    for (Iterator<?> each = values.iterator(); each.hasNext(); ) {
      String value = EventValues.text(each.next());
      text.append(value == null ? "" : value).append(each.hasNext() ? "," : "");
    }
    return text.toString();
  }

  private @Nullable Object root() {
    return event instanceof byte[] || event instanceof CharSequence
        ? whole().in(event, false)
        : event;
  }

  /** Made when needed, since most views are never read; a race makes one too many at worst. */
  private HeldJson whole() {
    HeldJson present = whole;
    if (present == null) {
      present = new HeldJson();
      whole = present;
    }
    return present;
  }

  private HeldJson part() {
    HeldJson present = part;
    if (present == null) {
      present = new HeldJson();
      part = present;
    }
    return present;
  }

  private @Nullable Object find(JsonPointer pointer) {
    if (pointer.size() == 0 && event instanceof CharSequence) {
      return event;
    }
    try {
      return walk(pointer);
    } catch (EventViewException e) {
      throw at(pointer, e);
    }
  }

  private static EventViewException at(JsonPointer pointer, EventViewException cause) {
    return new EventViewException("\"" + pointer + "\" of the event: " + cause.getMessage(), cause);
  }

  private @Nullable Object walk(JsonPointer pointer) {
    Object value = root();
    boolean encoded = false;
    int last = pointer.size() - 1;
    for (int step = 0; step <= last && value != null; step++) {
      if (EventValues.isText(value)) {
        value = part().in(value, encoded);
      }
      String name = pointer.name(step);
      Object next = EventValues.step(value, name, pointer.index(step));
      encoded = step < last && next instanceof CharSequence && isEncoded(value, name);
      value = next;
    }
    return value;
  }

  private static boolean isEncoded(@Nullable Object holder, String name) {
    return name.equalsIgnoreCase("data")
        || "true".equals(EventValues.text(EventValues.member(holder, "isBase64Encoded")));
  }
}
