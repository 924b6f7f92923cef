// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A typed attribute that the sender gave to a message. Immutable.
 *
 * <p>The type is one of {@code String}, {@code Number} and {@code Binary}, with a label of the
 * sender's own behind a dot if it wants one, as in {@code Number.int}.
 */
public final class MessageAttribute {

  private final String type;
  private final @Nullable String text;
  private final byte @Nullable [] binary;

  private MessageAttribute(String type, @Nullable String text, byte @Nullable [] binary) {
    this.type = type;
    this.text = text;
    this.binary = binary;
  }

  /** An attribute of type {@code String} or {@code Number}, with any label. */
  public static MessageAttribute of(String type, String text) {
    return new MessageAttribute(type, text, null);
  }

  /** An attribute of type {@code Binary}, with any label. */
  public static MessageAttribute of(String type, byte[] binary) {
    return new MessageAttribute(type, null, binary.clone());
  }

  /** The type with its label, exactly as it was sent. */
  public String type() {
    return type;
  }

  /** The text of a {@code String} or {@code Number}. */
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /**
   * The value of a {@code Number}; empty for other types.
   *
   * @throws NumberFormatException if the text is no number, which SQS does not let through
   */
  public Optional<BigDecimal> number() {
    boolean isNumber = type.equals("Number") || type.startsWith("Number.");
    return isNumber ? text().map(BigDecimal::new) : Optional.empty();
  }

  /** A copy of the bytes of a {@code Binary}. */
  public Optional<byte[]> binary() {
    return Optional.ofNullable(binary).map(byte[]::clone);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageAttribute that
        && that.type.equals(type)
        && Objects.equals(that.text, text)
        && Arrays.equals(that.binary, binary);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, text, Arrays.hashCode(binary));
  }

  @Override
  public String toString() {
    return type + ":" + (binary == null ? text : binary.length + " bytes");
  }
}
