// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.Disposition;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Work was refused because of who its tenant is, or because that is not known. Nothing of the
 * function's own code has run. The message never holds an id that was refused.
 */
public class TenantDeniedException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private static final int FORBIDDEN = 403;

  private final String rule;

  /**
   * A refusal by rule {@code source}: a source of the tenant can't be believed.
   *
   * @param message what was refused and why, without any id that did not prove to be the tenant's
   */
  public TenantDeniedException(String message) {
    this("source", message, null);
  }

  /**
   * As {@link #TenantDeniedException(String)}, with a cause; its message must hold no id either.
   */
  public TenantDeniedException(String message, @Nullable Throwable cause) {
    this("source", message, cause);
  }

  /**
   * A refusal.
   *
   * @param rule the rule that was broken, a name for log lines such as {@code suspended}
   * @param message what was refused and why, without any id that did not prove to be the tenant's
   * @param cause what led to it, if anything; its message must hold no such id either
   */
  public TenantDeniedException(String rule, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.rule = rule;
  }

  /** The rule that was broken, a name for log lines. */
  public final String rule() {
    return rule;
  }

  /** A record that is refused would be refused again: to the dead letters. */
  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }

  /** 403, with nothing of the message. */
  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(new HttpProblem(FORBIDDEN, "This is not for your tenant"));
  }
}
