// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.util.List;
import java.util.Map;

/**
 * A trigger of a Cognito user pool. What a trigger does not know is refused. Immutable: each method
 * gives a new one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html">Lambda
 *     triggers of user pools</a>
 */
public final class CognitoEvent extends ToldEvent<CognitoEvent> {

  private static final Setting<String> SOURCE = new Setting<>();
  private static final Setting<String> USER = new Setting<>();
  private static final Setting<String> POOL = new Setting<>();
  private static final Setting<String> CLIENT = new Setting<>();
  private static final Setting<Map<String, String>> ATTRIBUTES = new Setting<>();
  private static final Setting<Map<String, String>> METADATA = new Setting<>();
  private static final Setting<Map<String, String>> VALIDATION = new Setting<>();
  private static final Setting<List<String>> GROUPS = new Setting<>();
  private static final Setting<List<String>> SCOPES = new Setting<>();

  private final CognitoTrigger trigger;

  CognitoEvent(CognitoTrigger trigger, Settings settings) {
    super(settings);
    this.trigger = trigger;
  }

  @Override
  CognitoEvent with(Settings changed) {
    return new CognitoEvent(trigger, changed);
  }

  /**
   * What exactly called, such as {@code PreSignUp_AdminCreateUser}; the ordinary way by default.
   */
  public CognitoEvent triggerSource(String source) {
    if (!source.startsWith(trigger.prefix())) {
      throw Refused.value(
          "triggerSource", source, "of this trigger it begins with " + trigger.prefix());
    }
    return with(SOURCE, source);
  }

  /** The user's name; {@code ada} by default. */
  public CognitoEvent userName(String name) {
    return with(USER, Refused.blank("userName", name, "every user has one"));
  }

  /** The user pool's id; {@code us-east-1_EXAMPLE} by default. */
  public CognitoEvent userPool(String id) {
    if (!id.matches("[\\w-]+_[0-9A-Za-z]+")) {
      throw Refused.value("userPool", id, "a user pool's id looks like us-east-1_EXAMPLE");
    }
    return with(POOL, id);
  }

  /** The app client's id; {@code 1example23456789} by default. */
  public CognitoEvent client(String id) {
    return with(CLIENT, Refused.blank("client", id, "every call comes by a client"));
  }

  /** An attribute of the user, such as {@code email}. */
  public CognitoEvent userAttribute(String name, String value) {
    return with(settings.putting(ATTRIBUTES, name, value));
  }

  /** What the client gave to the functions. */
  public CognitoEvent clientMetadata(String name, String value) {
    if (trigger == CognitoTrigger.PRE_AUTHENTICATION) {
      throw notHere("clientMetadata", name);
    }
    return with(settings.putting(METADATA, name, value));
  }

  /** What the client gave to be checked. Before sign-up and authentication only. */
  public CognitoEvent validationData(String name, String value) {
    if (!trigger.isOneOf(CognitoTrigger.PRE_SIGN_UP, CognitoTrigger.PRE_AUTHENTICATION)) {
      throw notHere("validationData", name);
    }
    return with(settings.putting(VALIDATION, name, value));
  }

  /** The groups of the user. Before token generation only. */
  public CognitoEvent groups(String... names) {
    if (!isTokenGeneration()) {
      throw notHere("groups", List.of(names));
    }
    return with(GROUPS, List.of(names));
  }

  /** The scopes asked for. Before token generation, version 2, only. */
  public CognitoEvent scopes(String... names) {
    if (trigger != CognitoTrigger.PRE_TOKEN_GENERATION_V2) {
      throw notHere("scopes", List.of(names));
    }
    return with(SCOPES, List.of(names));
  }

  private boolean isTokenGeneration() {
    return trigger.isOneOf(
        CognitoTrigger.PRE_TOKEN_GENERATION, CognitoTrigger.PRE_TOKEN_GENERATION_V2);
  }

  private IllegalArgumentException notHere(String option, Object value) {
    return Refused.value(
        option, value, "the trigger " + trigger.source + " has no place for it; leave it out");
  }

  @Override
  void write(JsonWriter json) {
    json.beginObject();
    json.name("version").value(trigger.version);
    json.name("triggerSource").value(settings.or(SOURCE, trigger.source));
    json.name("region").value(region());
    json.name("userPoolId").value(settings.or(POOL, region() + "_EXAMPLE"));
    json.name("userName").value(settings.or(USER, "ada"));
    json.name("callerContext").beginObject();
    json.name("awsSdkVersion").value("aws-sdk-unknown-unknown");
    json.name("clientId").value(settings.or(CLIENT, "1example23456789"));
    json.endObject();
    request(json.name("request"));
    json.name("response").value(trigger.response());
    json.endObject();
  }

  private void request(JsonWriter json) {
    json.beginObject();
    json.name("userAttributes").value(settings.map(ATTRIBUTES));
    HttpParts.orNothing(json, "validationData", settings.map(VALIDATION));
    HttpParts.orNothing(json, "clientMetadata", settings.map(METADATA));
    if (isTokenGeneration()) {
      json.name("groupConfiguration").beginObject();
      json.name("groupsToOverride").value(settings.list(GROUPS));
      json.name("iamRolesToOverride").beginArray().endArray();
      json.name("preferredRole").nullValue();
      json.endObject();
    }
    if (trigger == CognitoTrigger.PRE_TOKEN_GENERATION_V2) {
      json.name("scopes").value(settings.list(SCOPES));
    }
    json.endObject();
  }
}
