// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/** Text that is not JSON, or JSON that is refused: duplicate keys, lone surrogates, over limits. */
public final class InvalidJsonException extends PowertoolsException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_HINT = 120;

  private final boolean overLimit;

  InvalidJsonException(String message) {
    this(message, null, false);
  }

  private InvalidJsonException(String message, @Nullable Throwable cause, boolean overLimit) {
    super(message, cause);
    this.overLimit = overLimit;
  }

  static InvalidJsonException of(JsonProcessingException cause) {
    return new InvalidJsonException(
        "JSON is invalid at " + at(cause.getLocation()) + ": " + hint(cause.getOriginalMessage()),
        cause,
        cause instanceof StreamConstraintsException);
  }

  static InvalidJsonException at(JsonLocation location, String reason) {
    return new InvalidJsonException("JSON is refused at " + at(location) + ": " + reason);
  }

  static InvalidJsonException overLimit(String message) {
    return new InvalidJsonException(message, null, true);
  }

  /** Whether it may be valid, but is deeper or larger than we read. */
  public boolean isOverLimit() {
    return overLimit;
  }

  /** At most the beginning, since what is refused may be long, and may be secret. */
  static String hint(String text) {
    return text.length() <= LONGEST_HINT ? text : text.substring(0, LONGEST_HINT) + "…";
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? "an unknown position"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
