// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

/** A text is no tenant id. Tells where it went wrong and never repeats the text. */
public final class InvalidTenantException extends TenantDeniedException {

  private static final long serialVersionUID = 1L;

  InvalidTenantException(TenantGrammar grammar, int length, int misfit) {
    super(
        "grammar",
        "Not a tenant id: a text of "
            + length
            + " characters that goes wrong at index "
            + misfit
            + ". Expected "
            + grammar.form()
            + ".",
        null);
  }
}
