// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.Map;
import java.util.Optional;

/**
 * A value of the context that a Lambda authorizer returned.
 *
 * @param key its name
 */
record AuthorizerContext(String key) implements TenantResolver {

  private static final JsonPointer AUTHORIZER = JsonPointer.of("/requestContext/authorizer");
  private static final JsonPointer LAMBDA = JsonPointer.of("/requestContext/authorizer/lambda");
  private static final JsonPointer JWT = JsonPointer.of("/requestContext/authorizer/jwt");
  private static final JsonPointer IAM = JsonPointer.of("/requestContext/authorizer/iam");

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Exact.requireNoRecord(work);
    EventView event = work.event();
    if (TokenClaim.isFormat2(event)) {
      if (event.exactly(JWT).isPresent() || event.exactly(IAM).isPresent()) {
        throw TokenClaim.otherAuthorizer();
      }
      Map<?, ?> context = Exact.map(event, LAMBDA);
      return context == null ? Optional.empty() : Exact.text(context, key);
    }
    Map<?, ?> context = Exact.map(event, AUTHORIZER);
    if (context == null || context.isEmpty()) {
      return Optional.empty();
    }
    if (context.get("claims") instanceof Map) {
      throw TokenClaim.otherAuthorizer();
    }
    return Exact.text(context, key);
  }
}
