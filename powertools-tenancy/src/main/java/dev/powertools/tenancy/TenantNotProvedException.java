// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.HttpProblem;
import java.util.Optional;

/** No source that decides has said which tenant it is. There is no default, so nothing runs. */
public final class TenantNotProvedException extends TenantDeniedException {

  private static final long serialVersionUID = 1L;

  private static final int UNAUTHORIZED = 401;

  TenantNotProvedException(String message) {
    super("not_proved", message, null);
  }

  /** 401: the caller has not said who it is in a way that can be verified. */
  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(new HttpProblem(UNAUTHORIZED, "No tenant is proved"));
  }
}
