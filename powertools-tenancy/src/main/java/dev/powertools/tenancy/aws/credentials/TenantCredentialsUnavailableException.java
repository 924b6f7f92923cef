// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.Disposition;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's credentials could not be had, so its call of AWS was not made: not with the function's
 * own role either. A record is delivered again; a caller over HTTP is told 503.
 */
public final class TenantCredentialsUnavailableException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private static final int UNAVAILABLE = 503;

  /**
   * Says what failed.
   *
   * @param message what failed and what to do, without any credentials
   * @param cause the failure; {@code null} if there is none
   */
  public TenantCredentialsUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What is wrong with STS or with a policy now can be right when it is tried again. */
  @Override
  public Disposition disposition() {
    return Disposition.RETRY_LATER;
  }

  /** 503: try again. */
  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(new HttpProblem(UNAVAILABLE, "The tenant's data can't be reached now"));
  }
}
