// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields lines have and what they are called, worked out once for each {@link LayoutOptions}:
 * a line only copies bytes. A name is {@code null} where its field is left out. Immutable.
 */
final class LineForm {

  private static final byte[] NOTHING = {};

  /** The fields of errors and locations in ECS. */
  static final Set<String> ECS_PARTS =
      Set.of(
          ErrorMember.ECS_TYPE,
          ErrorMember.ECS_MESSAGE,
          ErrorMember.ECS_HASH,
          ErrorMember.ECS_STACK,
          Location.ECS_FUNCTION,
          Location.ECS_FILE,
          Location.ECS_LINE);

  private final Map<String, String> renamed;
  private final Set<String> removed;
  private final Set<String> own;
  private final Set<String> reserved;
  private final byte[] constants;
  private final boolean flat;

  final byte @Nullable [] timestamp;
  final byte @Nullable [] level;
  final byte @Nullable [] service;
  final byte @Nullable [] message;
  final byte @Nullable [] logger;

  private LineForm(
      Map<String, String> renamed,
      Set<String> removed,
      Map<String, Object> constants,
      boolean flat) {
    this.flat = flat;
    this.renamed = Map.copyOf(renamed);
    this.removed = Set.copyOf(removed);
    Set<String> more = new HashSet<>(constants.keySet());
    if (flat) {
      more.addAll(ECS_PARTS);
    }
    this.own = with(Keys.OWN, more);
    this.reserved = with(Keys.RESERVED, more);
    this.constants = constants.isEmpty() ? NOTHING : members(constants);
    this.timestamp = json(Keys.TIMESTAMP);
    this.level = json(Keys.LEVEL);
    this.service = json(Keys.SERVICE);
    this.message = json(Keys.MESSAGE);
    this.logger = json(Keys.LOGGER);
  }

  /**
   * A form.
   *
   * @param renamed the names of fields instead of their own
   * @param removed the fields that are left out
   * @param constants further fields, the same in each line
   * @param flat errors and locations as ECS has them, as fields with dots in their names
   * @throws ConfigurationException if there is no such field, a name is empty, or two fields have
   *     one name
   */
  static LineForm of(
      Map<String, String> renamed,
      Set<String> removed,
      Map<String, Object> constants,
      boolean flat) {
    renamed.keySet().forEach(LineForm::requireField);
    removed.forEach(LineForm::requireField);
    Map<String, String> fieldOf = new HashMap<>();
    for (String field : Keys.FIELDS) {
      if (!removed.contains(field)) {
        take(fieldOf, renamed.getOrDefault(field, field), "the field " + field);
      }
    }
    if (flat) {
      ECS_PARTS.forEach(part -> take(fieldOf, part, "the field " + part));
    }
    for (String name : constants.keySet()) {
      take(fieldOf, name, "the static field " + name);
    }
    return new LineForm(renamed, removed, constants, flat);
  }

  private static void take(Map<String, String> fieldOf, String name, String field) {
    if (name.isBlank() || !LineNames.clean(name).equals(name)) {
      throw new ConfigurationException(
          "LayoutOptions: the name \""
              + name
              + "\" of "
              + field
              + " can't be written; give it a"
              + " name that is neither empty, over "
              + LineNames.MAX_CHARS
              + " characters, nor half a"
              + " surrogate pair");
    }
    String other = fieldOf.put(name, field);
    if (other != null) {
      throw new ConfigurationException(
          "LayoutOptions: both "
              + other
              + " and "
              + field
              + " are called \""
              + name
              + "\"; rename or remove one of them");
    }
  }

  private static void requireField(String field) {
    if (!Keys.FIELDS.contains(field)) {
      throw new ConfigurationException(
          "LayoutOptions: lines have no field \"" + field + "\"; there are " + Keys.FIELDS);
    }
  }

  /** The fields, by their own names and by those they have here, and further names. */
  private Set<String> with(Set<String> fields, Set<String> more) {
    if (renamed.isEmpty() && more.isEmpty()) {
      return fields;
    }
    Set<String> all = new HashSet<>(fields);
    fields.forEach(field -> all.add(renamed.getOrDefault(field, field)));
    all.addAll(more);
    return Set.copyOf(all);
  }

  private static byte[] members(Map<String, Object> constants) {
    JsonWriter json = new JsonWriter(JsonLimits.forLogs()).beginObject();
    constants.forEach((name, value) -> json.name(name).value(value));
    byte[] object = json.endObject().toByteArray();
    return Arrays.copyOfRange(object, 1, object.length - 1);
  }

  private byte @Nullable [] json(String field) {
    String name = name(field);
    return name == null ? null : JsonWriter.string(name);
  }

  /** What a field is called; {@code null} if it is left out. */
  @Nullable String name(String field) {
    return removed.contains(field) ? null : renamed.getOrDefault(field, field);
  }

  /** Whether the layout itself writes this name, or would by default: closed to facts as well. */
  boolean isOwn(String name) {
    return own.contains(name);
  }

  /** Whether user's keys must not have this name, here or by default. */
  boolean isReserved(String name) {
    return reserved.contains(name);
  }

  /** Whether errors and locations are fields with dots in their names. */
  boolean isFlat() {
    return flat;
  }

  /** The static fields, as members of an object. */
  byte[] constants() {
    return constants;
  }
}
