// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import dev.powertools.core.redact.Redactor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which members of the value that is written are masked: where we are in it, and the rules. */
final class MaskedMembers {
  private static final String ANY = "*";

  private final Redactor redactor;
  private final List<JsonPointer> pointers;
  private final @Nullable String[] steps;

  /**
   * None seen yet.
   *
   * @param maxDepth how deep structures may be nested
   */
  MaskedMembers(Redactor redactor, int maxDepth) {
    this.redactor = redactor;
    this.pointers = redactor.pointers();
    this.steps = new @Nullable String[maxDepth + 2];
  }

  Redactor redactor() {
    return redactor;
  }

  /** Forgets where the value before this one was left; this one may itself be a member. */
  void begin(@Nullable String member) {
    Arrays.fill(steps, null);
    steps[0] = member;
  }

  /** Whether the value that begins is masked as a whole. */
  boolean hidesWhole() {
    String member = steps[0];
    return member != null && (redactor.hidesName(member) || isHere());
  }

  /** Whether the member of the structure at {@code depth} is masked; it is where we are now. */
  boolean hides(String name, int depth) {
    return redactor.hidesName(name) || at(name, depth);
  }

  /** As {@link #hides}, for an element. */
  boolean hidesElement(int index, int depth) {
    return !pointers.isEmpty() && at(Integer.toString(index), depth);
  }

  private boolean at(String step, int depth) {
    if (pointers.isEmpty()) {
      return false;
    }
    steps[depth + 1] = step;
    Arrays.fill(steps, depth + 2, steps.length, null);
    return isHere();
  }

  private boolean isHere() {
    for (JsonPointer pointer : pointers) {
      if (leadsHere(pointer)) {
        return true;
      }
    }
    return false;
  }

  /** Levels without a step, such as that of an optional, do not count. */
  private boolean leadsHere(JsonPointer pointer) {
    int matched = 0;
    for (String step : steps) {
      if (step != null) {
        if (matched == pointer.size() || !isSame(pointer.name(matched), step)) {
          return false;
        }
        matched++;
      }
    }
    return matched == pointer.size();
  }

  private static boolean isSame(String expected, String step) {
    return expected.equals(ANY) || expected.equals(step);
  }
}
