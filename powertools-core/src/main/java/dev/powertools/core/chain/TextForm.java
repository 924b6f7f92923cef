// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import dev.powertools.core.config.DurationText;
import dev.powertools.core.json.JsonPointer;
import java.util.Optional;

/** The forms that a string attribute of an annotation can be required to have. */
public enum TextForm {
  /** A positive length of time such as {@code 500ms}, {@code 30s}, {@code 1h} or {@code PT15M}. */
  DURATION {
    @Override
    void parse(String text) {
      DurationText.parse(text);
    }
  },
  /** A JSON Pointer (RFC 6901), such as {@code /body/orderId}. */
  POINTER {
    @Override
    void parse(String text) {
      JsonPointer.of(text);
    }
  },
  /** Any text but a blank one. */
  NOT_BLANK {
    @Override
    void parse(String text) {
      if (text.isBlank()) {
        throw new IllegalArgumentException("must not be blank");
      }
    }
  };

  abstract void parse(String text);

  /** What is wrong with {@code text}, with the fix; empty if nothing is. */
  public Optional<String> problemWith(String text) {
    if (text.isEmpty() && this != NOT_BLANK) {
      return Optional.empty();
    }
    try {
      parse(text);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
