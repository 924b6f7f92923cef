// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.event.EventView;
import dev.powertools.core.event.EventViewException;
import dev.powertools.core.json.CanonicalJson;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in the arguments of a call its key is.
 *
 * @param argument the argument's index
 * @param pointer the path inside the argument
 */
record KeySource(int argument, JsonPointer pointer) {

  private static final Set<String> EMPTY = Set.of("null", "\"\"", "[]", "{}");

  /**
   * The key in canonical JSON.
   *
   * @throws IdempotencyKeyException if it is missing, null or empty, or cannot be read
   */
  byte[] read(@Nullable Object value) {
    try {
      Optional<byte[]> json = EventView.of(value).json(pointer);
      if (json.isEmpty()) {
        throw new IdempotencyKeyException(describe() + " is missing or null. " + FIX);
      }
      return requireContent(CanonicalJson.of(json.get()));
    } catch (EventViewException | InvalidJsonException e) {
      throw new IdempotencyKeyException(describe() + " can't be read: " + e.getMessage(), e);
    }
  }

  private byte[] requireContent(byte[] canonical) {
    if (canonical.length <= 4 && EMPTY.contains(new String(canonical, StandardCharsets.UTF_8))) {
      throw new IdempotencyKeyException(describe() + " is empty. " + FIX);
    }
    return canonical;
  }

  private static final String FIX =
      "The work was not begun, because without a key it could run twice: send the key, or correct"
          + " where it is looked for.";

  private String describe() {
    return "The idempotency key, "
        + (pointer.size() == 0 ? "" : "\"" + pointer + "\" of ")
        + "argument "
        + argument;
  }
}
