// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

/**
 * What a tenant's id may look like. A text that is not of the grammar is refused, never trimmed,
 * lower-cased, normalised or otherwise repaired: two texts that differ in one byte are two tenants
 * or none.
 */
public enum TenantGrammar {
  /**
   * Lower-case ASCII letters, digits and inner hyphens, 1 to 62 characters; the default. Safe in
   * every key, path, header, session name and policy variable that an id is put into, and without a
   * character that separates or matches anything there.
   */
  SLUG("1 to 62 of a-z, 0-9 and -, with no - at either end") {
    @Override
    int misfit(String text) {
      int length = text.length();
      for (int i = 0; i < Math.min(length, MAX_SLUG); i++) {
        char c = text.charAt(i);
        boolean inner = i > 0 && i < length - 1;
        if (!isDigit(c) && (c < 'a' || c > 'z') && !(c == '-' && inner)) {
          return i;
        }
      }
      return length == 0 || length > MAX_SLUG ? Math.min(length, MAX_SLUG) : FITS;
    }
  },
  /** The canonical text of a UUID in lower case (RFC 9562): 8-4-4-4-12 hexadecimal digits. */
  UUID("a UUID in lower case, such as 0190f5ce-5c1b-7bd2-8a3e-4f3b9a1c2d3e") {
    @Override
    int misfit(String text) {
      for (int i = 0; i < Math.min(text.length(), UUID_LENGTH); i++) {
        char c = text.charAt(i);
        boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? c != '-' : !isDigit(c) && (c < 'a' || c > 'f')) {
          return i;
        }
      }
      return text.length() == UUID_LENGTH ? FITS : Math.min(text.length(), UUID_LENGTH);
    }
  },
  /**
   * A ULID in its canonical upper case: 26 characters of Crockford's Base32, the first at most 7.
   */
  ULID("a ULID in upper case, such as 01J3TZ4N9QW0C6Y5XJ2V8RKHDM") {
    @Override
    int misfit(String text) {
      for (int i = 0; i < Math.min(text.length(), ULID_LENGTH); i++) {
        char c = text.charAt(i);
        boolean fits = i == 0 ? c >= '0' && c <= '7' : isDigit(c) || isCrockford(c);
        if (!fits) {
          return i;
        }
      }
      return text.length() == ULID_LENGTH ? FITS : Math.min(text.length(), ULID_LENGTH);
    }
  };

  private static final int FITS = -1;
  private static final int MAX_SLUG = 62;
  private static final int UUID_LENGTH = 36;
  private static final int ULID_LENGTH = 26;

  private final String form;

  TenantGrammar(String form) {
    this.form = form;
  }

  /** The index of the first character that does not fit, or where one is missing; -1 if all do. */
  abstract int misfit(String text);

  /** Whether a text is an id of this grammar. */
  public boolean matches(String text) {
    return misfit(text) == FITS;
  }

  /**
   * The id that a text is.
   *
   * @throws InvalidTenantException if the text is not of this grammar
   */
  public TenantId parse(String text) {
    int misfit = misfit(text);
    if (misfit != FITS) {
      throw new InvalidTenantException(this, text.length(), misfit);
    }
    return new TenantId(text);
  }

  /** How an id looks, for people. */
  String form() {
    return form;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isCrockford(char c) {
    return c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U';
  }
}
