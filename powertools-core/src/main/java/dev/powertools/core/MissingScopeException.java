// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * A key-scoping attribute that the runtime requires (the tenant, say) is absent, so no key can be
 * made that would not mix what must be kept apart. Absence never means "none": set the attribute,
 * or set its explicit system value.
 */
public final class MissingScopeException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private final String attribute;

  /**
   * Names what is absent.
   *
   * @param attribute the attribute's name
   * @param detail where it was looked for, and the fix
   */
  public MissingScopeException(String attribute, String detail) {
    super("The required attribute \"" + attribute + "\" is absent: " + detail);
    this.attribute = attribute;
  }

  /** The name of the absent attribute. */
  public String attribute() {
    return attribute;
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
