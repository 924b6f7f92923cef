// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a role is assumed for tenants: what is the same for all of them. Limits are those of
 * AssumeRole's API reference.
 *
 * @param role the ARN of the role
 * @param tag the session tag that is the tenant
 * @param tags further session tags
 * @param duration how long the credentials are to be valid
 * @param policy the session policy; empty if there is none
 */
record AssumedRole(
    String role, String tag, Map<String, String> tags, Duration duration, String policy) {

  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[!-~]+");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final String ARN_FORM = "Write arn:aws:iam::123456789012:role/name.";
  private static final int MAX_TAGS = 50;
  private static final int MAX_NAME = 128;
  private static final int MAX_VALUE = 256;
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Checks all of it.
   *
   * @throws IllegalArgumentException if STS would refuse it
   */
  AssumedRole {
    require(ROLE.matcher(role).matches(), "\"" + role + "\" is not the ARN of a role", ARN_FORM);
    requireTag(tag, "");
    require(tags.size() < MAX_TAGS, "There are " + tags.size() + " tags beside " + tag, "Give 49.");
    tags.forEach(AssumedRole::requireTag);
    for (String each : tags.keySet()) {
      // STS does not tell names apart by case
      require(
          !each.toLowerCase(Locale.ROOT).equals(tag.toLowerCase(Locale.ROOT)),
          "The tag " + each + " is the tenant's",
          "Name another.");
    }
    require(
        duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0,
        "A session of " + duration + " is not possible",
        "Where a role assumes a role, it lasts 15 minutes to 1 hour.");
    tags = Map.copyOf(tags);
  }

  private static void requireTag(String name, String value) {
    boolean fits =
        !name.isBlank()
            && name.length() <= MAX_NAME
            && value.length() <= MAX_VALUE
            && !name.toLowerCase(Locale.ROOT).startsWith("aws:")
            && TAG.matcher(name).matches()
            && TAG.matcher(value).matches();
    require(
        fits,
        "\"" + name + "\" with \"" + value + "\" is not a session tag",
        "Names have 1 to 128 characters, values up to 256: letters, digits, spaces and _.:/=+-@;"
            + " names that begin with aws: are AWS's.");
  }

  private static void require(boolean fits, String problem, String form) {
    if (!fits) {
      throw new IllegalArgumentException(problem + ". " + form);
    }
  }

  /** All session tags of a tenant. */
  Map<String, String> tags(TenantId tenant) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(tag, tenant.value());
    all.putAll(tags);
    return all;
  }

  CredentialKey key(TenantId tenant, String region) {
    return new CredentialKey(role, tenant, Map.copyOf(tags(tenant)), policyHash(), region);
  }

  private String policyHash() {
    return policy.isEmpty() ? "" : sha256(policy);
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  /**
   * The name of a tenant's session: 3 to 64 characters of those that STS takes, whatever the
   * grammar of the id. {@code @ConfirmedBySender} reads it back.
   */
  static String sessionName(TenantId tenant) {
    return "t-" + tenant.value();
  }
}
