// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.Optional;

/**
 * The session name of the role that signed a request.
 *
 * @param sessions what the ARNs of its sessions begin with
 */
record IamSession(String sessions) implements TenantResolver {

  private static final JsonPointer OF_FORMAT_2 =
      JsonPointer.of("/requestContext/authorizer/iam/userArn");
  private static final JsonPointer OF_REST = JsonPointer.of("/requestContext/identity/userArn");
  private static final JsonPointer JWT = JsonPointer.of("/requestContext/authorizer/jwt");
  private static final JsonPointer LAMBDA = JsonPointer.of("/requestContext/authorizer/lambda");

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Exact.requireNoRecord(work);
    EventView event = work.event();
    boolean isFormat2 = TokenClaim.isFormat2(event);
    if (isFormat2 && (event.exactly(JWT).isPresent() || event.exactly(LAMBDA).isPresent())) {
      throw TokenClaim.otherAuthorizer();
    }
    return Exact.text(event, isFormat2 ? OF_FORMAT_2 : OF_REST).map(this::session);
  }

  private String session(String userArn) {
    if (!userArn.startsWith(sessions)) {
      throw new TenantDeniedException(
          "caller", "The request was signed by somebody else than a session of the role.", null);
    }
    return userArn.substring(sessions.length());
  }
}
