// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path to one value of a JSON document, parsed and checked once: RFC 6901, at most 64 steps.
 *
 * <p>{@code /body/items/0/id} steps through members and elements; the empty pointer is the whole
 * document; {@code ~0} stands for {@code ~} and {@code ~1} for {@code /} within a name. Immutable
 * and thread-safe.
 */
public final class JsonPointer {
  private static final int MAX_STEPS = 64;
  private static final JsonPointer ROOT = new JsonPointer("", List.of());

  private final String text;
  private final String[] names;
  private final int[] indices;

  private JsonPointer(String text, List<String> steps) {
    this.text = text;
    this.names = steps.toArray(new String[0]);
    this.indices = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      indices[i] = index(names[i]);
    }
  }

  /** The pointer to the whole document. */
  public static JsonPointer root() {
    return ROOT;
  }

  /**
   * Parses a pointer.
   *
   * @throws IllegalArgumentException if it is malformed, naming the pointer, the position and the
   *     fix
   */
  public static JsonPointer of(String text) {
    if (text.isEmpty()) {
      return ROOT;
    }
    if (text.charAt(0) != '/') {
      throw malformed(text, 0, "a JSON Pointer starts with '/', as in \"/" + text + "\"");
    }
    List<String> steps = new ArrayList<>();
    int from = 1;
    while (from <= text.length()) {
      int slash = text.indexOf('/', from);
      int end = slash < 0 ? text.length() : slash;
      if (steps.size() == MAX_STEPS) {
        throw malformed(text, from, "a JSON Pointer has at most " + MAX_STEPS + " steps here");
      }
      steps.add(unescaped(text, from, end));
      from = end + 1;
    }
    return new JsonPointer(text, steps);
  }

  private static String unescaped(String text, int from, int end) {
    int tilde = text.indexOf('~', from);
    if (tilde < 0 || tilde >= end) {
      return text.substring(from, end);
    }
    StringBuilder name = new StringBuilder();
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      name.append(c == '~' ? escaped(text, ++i, end) : c);
    }
    return name.toString();
  }

  private static char escaped(String text, int at, int end) {
    char c = at < end ? text.charAt(at) : '/';
    if (c == '0') {
      return '~';
    }
    if (at < end && c == '1') {
      return '/';
    }
    throw malformed(text, at - 1, "write '~' within a name as \"~0\", and '/' as \"~1\"");
  }

  private static IllegalArgumentException malformed(String text, int position, String fix) {
    return new IllegalArgumentException(
        "JSON Pointer \"" + text + "\" is malformed at position " + position + ": " + fix);
  }

  /** The array index that a step means, or -1 if it can only be a name (RFC 6901, section 4). */
  private static int index(String name) {
    int length = name.length();
    if (length == 0 || length > 9 || (length > 1 && name.charAt(0) == '0')) {
      return -1;
    }
    int index = 0;
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      index = 10 * index + c - '0';
    }
    return index;
  }

  /** How many steps there are; 0 for the whole document. */
  public int size() {
    return names.length;
  }

  /** The unescaped name of a step. */
  public String name(int step) {
    return names[step];
  }

  /** The array index that a step means, or -1 if it can only be a name. */
  public int index(int step) {
    return indices[step];
  }

  /** The pointer one step further, to a member. */
  public JsonPointer child(String name) {
    return of(text + '/' + name.replace("~", "~0").replace("/", "~1"));
  }

  /** The pointer one step further, to an element. */
  public JsonPointer child(int index) {
    return of(text + '/' + index);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonPointer pointer && pointer.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pointer as RFC 6901 writes it. */
  @Override
  public String toString() {
    return text;
  }
}
