// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

/**
 * The id of a tenant, of one of the {@linkplain TenantGrammar grammars}. There is no way to one
 * past its grammar, so its text is safe in log lines, headers and keys. Immutable; equal if each
 * byte is.
 */
public final class TenantId implements Comparable<TenantId> {

  private final String value;

  TenantId(String value) {
    this.value = value;
  }

  /**
   * The id that a text is, by {@link TenantGrammar#SLUG}.
   *
   * @throws InvalidTenantException if the text is not of that grammar
   */
  public static TenantId of(String text) {
    return TenantGrammar.SLUG.parse(text);
  }

  /** The text. */
  public String value() {
    return value;
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TenantId id && id.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The text, which no grammar lets do harm in a line of a log. */
  @Override
  public String toString() {
    return value;
  }
}
