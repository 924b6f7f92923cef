// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.redact.Redactor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names in one line beside the layout's own, so that none stands twice. A few are compared one
 * by one; many go into a set. What was found out about a name is kept for the next line, of some
 * names at a time: names only, never values. Confined to one thread.
 */
final class LineNames {

  private static final int FEW = 24;
  static final int MAX_CHARS = 256;
  private static final int KNOWN = 128;
  private static final int MAX_KNOWN_CHARS = 128;
  private static final String USER = "user_";

  private final @Nullable KnownText[] known = new @Nullable KnownText[KNOWN];
  private final @Nullable String[] few = new @Nullable String[FEW];
  private LineForm form = LayoutOptions.defaults().form();
  private Redactor redactor = Redactor.none();
  private int size;
  private int facts;
  private @Nullable Set<String> many;

  void clear() {
    Arrays.fill(few, 0, Math.min(size, FEW), null);
    size = 0;
    facts = 0;
    many = null;
  }

  /** What decides about names. */
  void use(LineForm newForm, Redactor newRedactor) {
    if (form != newForm || redactor != newRedactor) {
      Arrays.fill(known, null);
      form = newForm;
      redactor = newRedactor;
    }
  }

  /** What is to be known about a text. */
  KnownText known(@Nullable String text) {
    String given = text == null ? "null" : text;
    int hash = given.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (KNOWN - 1);
    KnownText there = known[slot];
    if (there != null && there.is(given)) {
      return there;
    }
    String clean = clean(given);
    KnownText found =
        new KnownText(given, clean, form.isReserved(clean), redactor.hidesName(given));
    if (given.length() <= MAX_KNOWN_CHARS) {
      known[slot] = found;
    }
    return found;
  }

  /** The name for a fact. To be asked for before those of the user's keys. */
  String fact(String name) {
    String clean = clean(name);
    while (form.isOwn(clean)) {
      clean = USER + clean;
    }
    String free = distinct(clean);
    facts = size;
    return free;
  }

  /** Whether a user's key must not have this name. */
  boolean isTaken(KnownText name) {
    return name.isReserved() || (facts > 0 && isFact(name.clean()));
  }

  /** The name that a user's key gets instead of one that is taken. */
  String renamed(String clean) {
    String name = USER + clean;
    while (form.isReserved(name) || isFact(name)) {
      name = USER + name;
    }
    return name;
  }

  private boolean isFact(String name) {
    for (int i = 0; i < Math.min(facts, FEW); i++) {
      if (name.equals(few[i])) {
        return true;
      }
    }
    return false;
  }

  /** The name as it will be written: not endless, and without halves of surrogate pairs. */
  static String clean(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (i == MAX_CHARS || Character.isSurrogate(name.charAt(i))) {
        return cleaned(name);
      }
    }
    return name;
  }

  private static String cleaned(String name) {
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < name.length() && clean.length() < MAX_CHARS) {
      int c = name.codePointAt(at);
      clean.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
      at += Character.charCount(c);
    }
    return at < name.length() ? clean.append('…').toString() : clean.toString();
  }

  /** The name, with a suffix if it stands in the line already. */
  String distinct(String name) {
    String free = name;
    for (int n = 2; (n > 2 && form.isReserved(free)) || !add(free); n++) {
      free = name + "#" + n;
    }
    return free;
  }

  /** Takes a name; {@code false} if it stands in the line already. */
  boolean add(String name) {
    Set<String> set = many;
    if (set != null) {
      return set.add(name);
    }
    for (int i = 0; i < size; i++) {
      if (name.equals(few[i])) {
        return false;
      }
    }
    if (size == FEW) {
      set = new HashSet<>(4 * FEW);
      for (String each : few) {
        set.add(String.valueOf(each));
      }
      many = set;
      return set.add(name);
    }
    few[size++] = name;
    return true;
  }
}
