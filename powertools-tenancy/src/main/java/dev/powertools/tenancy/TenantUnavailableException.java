// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.Disposition;
import dev.powertools.core.HttpProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who the tenant is, or whether it may work, could not be found out: a directory or a source
 * failed. Nothing runs, and a record is delivered again.
 */
public final class TenantUnavailableException extends TenantDeniedException {

  private static final long serialVersionUID = 1L;

  private static final int UNAVAILABLE = 503;

  /**
   * Says what failed.
   *
   * @param message what failed, without any tenant id
   * @param cause the failure, whose message must hold none either; {@code null} if there is none
   */
  public TenantUnavailableException(String message, @Nullable Throwable cause) {
    super("unavailable", message, cause);
  }

  @Override
  public Disposition disposition() {
    return Disposition.RETRY_LATER;
  }

  /** 503: try again. */
  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(new HttpProblem(UNAVAILABLE, "Who the tenant is can not be told now"));
  }
}
