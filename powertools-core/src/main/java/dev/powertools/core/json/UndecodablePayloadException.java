// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * A payload that is not of the type it should be: no retry will change that.
 *
 * <p>The message says where and what was expected, never what was there: payloads hold secrets. The
 * cause may quote up to some hundred characters.
 */
public final class UndecodablePayloadException extends PowertoolsException {
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String expected;

  /**
   * For codecs.
   *
   * @param pointer where, as a JSON Pointer
   * @param expected the type expected there
   * @param found what was there, without its content
   * @param cause what the parser said, if it said anything
   */
  public UndecodablePayloadException(
      String pointer, String expected, String found, @Nullable Throwable cause) {
    super("at \"" + pointer + "\" of the payload expected " + expected + ", found " + found, cause);
    this.pointer = pointer;
    this.expected = expected;
  }

  /** Where, as a JSON Pointer (RFC 6901); empty for the whole payload. */
  public String pointer() {
    return pointer;
  }

  /** The type expected there. */
  public String expected() {
    return expected;
  }

  /** The bytes will not change: {@link Disposition#DEAD_LETTER}. */
  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
