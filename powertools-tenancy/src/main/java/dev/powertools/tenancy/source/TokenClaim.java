// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A claim of a verified token. REST APIs (and HTTP APIs with payload format 1.0) put the claims
 * where a Lambda authorizer's context would be, so whatever such a context has beside is refused.
 *
 * @param claim its name
 * @param issuer the issuer, or empty text for any
 */
record TokenClaim(String claim, String issuer) implements TenantResolver {

  private static final JsonPointer AUTHORIZER = JsonPointer.of("/requestContext/authorizer");
  private static final JsonPointer JWT = JsonPointer.of("/requestContext/authorizer/jwt/claims");
  private static final JsonPointer LAMBDA = JsonPointer.of("/requestContext/authorizer/lambda");
  private static final JsonPointer IAM = JsonPointer.of("/requestContext/authorizer/iam");
  private static final JsonPointer VERSION = JsonPointer.of("/version");
  private static final JsonPointer LOAD_BALANCER = JsonPointer.of("/requestContext/elb");
  private static final Set<String> OF_TOKENS = Set.of("claims", "scopes");
  private static final int LEEWAY_SECONDS = 60;

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Exact.requireNoRecord(work);
    EventView event = work.event();
    if (event.exactly(LOAD_BALANCER).isPresent()) {
      throw new TenantDeniedException(
          "authorizer",
          "A load balancer's x-amzn-oidc-data proves nothing before its signature and its signer"
              + " are verified, which @FromJwt does not do. Put API Gateway with a JWT authorizer"
              + " in front, or write a TenantResolver that verifies it.",
          null);
    }
    Map<?, ?> claims = isFormat2(event) ? format2(event) : format1(event);
    if (claims == null) {
      return Optional.empty();
    }
    requireIssuer(claims);
    requireUnexpired(claims, work);
    return Exact.text(claims, claim);
  }

  static boolean isFormat2(EventView event) {
    return event.exactly(VERSION).filter("2.0"::equals).isPresent();
  }

  private static @Nullable Map<?, ?> format2(EventView event) {
    if (event.exactly(LAMBDA).isPresent() || event.exactly(IAM).isPresent()) {
      throw otherAuthorizer();
    }
    return Exact.map(event, JWT);
  }

  private static @Nullable Map<?, ?> format1(EventView event) {
    Map<?, ?> authorizer = Exact.map(event, AUTHORIZER);
    if (authorizer == null || authorizer.isEmpty()) {
      return null;
    }
    if (!OF_TOKENS.containsAll(authorizer.keySet())
        || !(authorizer.get("claims") instanceof Map<?, ?> claims)) {
      throw otherAuthorizer();
    }
    return claims;
  }

  static TenantDeniedException otherAuthorizer() {
    return new TenantDeniedException(
        "authorizer",
        "The request passed another kind of authorizer than the one that the function takes its"
            + " tenants from.",
        null);
  }

  private void requireIssuer(Map<?, ?> claims) {
    if (!issuer.isEmpty() && !Exact.text(claims, "iss").filter(issuer::equals).isPresent()) {
      throw new TenantDeniedException(
          "issuer", "The token is of another issuer than " + issuer + ".", null);
    }
  }

  /** Cognito writes dates as text in REST APIs: API Gateway has checked those for this request. */
  private static void requireUnexpired(Map<?, ?> claims, FunctionInvocation work) {
    Object exp = claims.get("exp");
    try {
      long seconds = exp == null ? Long.MAX_VALUE : Long.parseLong(exp.toString());
      if (seconds < work.runtime().timing().now().getEpochSecond() - LEEWAY_SECONDS) {
        throw new TenantDeniedException("expired", "The token has expired.", null);
      }
    } catch (NumberFormatException e) {
      // a date
    }
  }
}
