// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who an authorizer found the caller to be. */
sealed interface Caller {

  /** By a token: claims are texts in both forms of API Gateway. */
  record Token(Map<String, ? extends @Nullable Object> claims, List<String> scopes)
      implements Caller {

    /** As an HTTP API writes lists: {@code [a b]}. */
    Map<String, String> jwtClaims() {
      return texts("[", " ", "]");
    }

    /** As a user pool's authorizer writes lists: {@code a,b}. */
    Map<String, String> userPoolClaims() {
      return texts("", ",", "");
    }

    private Map<String, String> texts(String open, String separator, String close) {
      Map<String, String> texts = new LinkedHashMap<>();
      claims.forEach(
          (name, value) ->
              texts.put(
                  name,
                  value instanceof List<?> list
                      ? list.stream()
                          .map(String::valueOf)
                          .collect(Collectors.joining(separator, open, close))
                      : String.valueOf(value)));
      return texts;
    }
  }

  /** By a function: what it returned as context. */
  record Lambda(String principal, Map<String, ? extends @Nullable Object> context)
      implements Caller {}

  /** By a signed request. */
  record Iam(String userArn) implements Caller {

    static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
    static final String CALLER = "AIDACKCEVSQ6C2EXAMPLE";

    String account() {
      return userArn.split(":", -1)[4];
    }

    void write(JsonWriter json) {
      json.beginObject();
      json.name("accessKey").value(ACCESS_KEY);
      json.name("accountId").value(account());
      json.name("callerId").value(CALLER);
      json.name("cognitoIdentity").nullValue();
      json.name("principalOrgId").nullValue();
      json.name("userArn").value(userArn);
      json.name("userId").value(CALLER);
      json.endObject();
    }
  }
}
