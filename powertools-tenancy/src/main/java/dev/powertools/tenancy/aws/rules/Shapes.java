// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Shape.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of rules, read from its text.
 *
 * <pre>
 * GetItem: table=TableName key=Key | ConsistentRead ProjectionExpression
 * BatchGetItem: by_table=RequestItems&gt;KeysAndAttributes
 * </pre>
 *
 * <p>A name with a colon begins a line, which may go over several. Members with a role come first,
 * with the shape of their parts behind a {@code >}; behind the bar are those that are free.
 * Thread-safe.
 */
final class Shapes {

  private final Map<String, Shape> byName = new HashMap<>();

  Shapes(String table) {
    @Nullable String name = null;
    List<Slot> slots = new ArrayList<>();
    Set<String> free = new HashSet<>();
    boolean bar = false;
    for (String word : table.strip().split("\\s+", -1)) {
      if (word.endsWith(":")) {
        add(name, slots, free);
        name = word.substring(0, word.length() - 1);
        slots.clear();
        free.clear();
        bar = false;
      } else if (word.equals("|")) {
        bar = true;
      } else if (bar) {
        free.add(word);
      } else {
        slots.add(slot(word));
      }
    }
    add(name, slots, free);
  }

  private void add(@Nullable String name, List<Slot> slots, Set<String> free) {
    if (name != null && byName.put(name, new Shape(name, slots, free)) != null) {
      throw new IllegalStateException("two lines of rules for " + name);
    }
  }

  private static Slot slot(String word) {
    int equals = word.indexOf('=');
    int part = word.indexOf('>');
    return new Slot(
        Role.valueOf(word.substring(0, equals).toUpperCase(Locale.ROOT)),
        word.substring(equals + 1, part < 0 ? word.length() : part),
        part < 0 ? null : word.substring(part + 1));
  }

  /** A line; null if there is none. */
  @Nullable Shape find(String name) {
    return byName.get(name);
  }

  /** A line that another names. */
  Shape get(String name) {
    Shape shape = byName.get(name);
    if (shape == null) {
      throw new IllegalStateException("no line of rules for " + name);
    }
    return shape;
  }
}
