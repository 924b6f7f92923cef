// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a user pool calls a function, and what answer it waits for. */
enum CognitoTrigger {
  PRE_SIGN_UP("1", "PreSignUp_SignUp", "autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"),
  POST_CONFIRMATION("1", "PostConfirmation_ConfirmSignUp"),
  PRE_AUTHENTICATION("1", "PreAuthentication_Authentication"),
  POST_AUTHENTICATION("1", "PostAuthentication_Authentication"),
  PRE_TOKEN_GENERATION("1", "TokenGeneration_Authentication", "claimsOverrideDetails"),
  PRE_TOKEN_GENERATION_V2("2", "TokenGeneration_Authentication", "claimsAndScopeOverrideDetails");

  final String version;
  final String source;

  @SuppressWarnings("ImmutableEnumChecker") // a List.of
  private final List<String> answers;

  CognitoTrigger(String version, String source, String... answers) {
    this.version = version;
    this.source = source;
    this.answers = List.of(answers);
  }

  /** {@code PreSignUp_}, with which the sources of the trigger begin. */
  String prefix() {
    return source.substring(0, source.indexOf('_') + 1);
  }

  boolean isOneOf(CognitoTrigger... triggers) {
    return Arrays.asList(triggers).contains(this);
  }

  /** The answer as it comes in, with nothing decided yet. */
  Map<String, @Nullable Object> response() {
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    for (String answer : answers) {
      response.put(answer, this == PRE_SIGN_UP ? false : null);
    }
    return response;
  }
}
