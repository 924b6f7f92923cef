// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code AssumeRole} was asked, by the query protocol.
 *
 * @param parameters by their names
 */
record StsRequest(Map<String, String> parameters) {

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
  private static final int MAX_TAGS = 50;
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);

  static StsRequest of(AwsRequest request) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : request.text().split("&", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1)));
      }
    }
    return new StsRequest(parameters);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  String roleArn() {
    String arn = parameter("RoleArn");
    return require(arn.startsWith("arn:aws:iam::"), arn, "is no ARN of a role: RoleArn", arn);
  }

  String sessionName() {
    String name = parameter("RoleSessionName");
    boolean valid = NAME.matcher(name).matches();
    return require(valid, name, "must satisfy " + NAME.pattern() + ": roleSessionName", name);
  }

  /** How long; over role chaining an hour at most. */
  Duration duration(boolean chained) {
    String text = parameter("DurationSeconds");
    require(text.matches("\\d{0,9}"), text, "is no number: durationSeconds", text);
    Duration asked = Duration.ofSeconds(text.isEmpty() ? 3600 : Long.parseLong(text));
    boolean valid = asked.compareTo(SHORTEST) >= 0 && asked.compareTo(LONGEST) <= 0;
    require(valid, asked, "must be from 900 to 43200: durationSeconds", text);
    boolean inChain = !chained || asked.compareTo(Duration.ofHours(1)) <= 0;
    return require(inChain, asked, "exceeds the 1 hour of role chaining: durationSeconds", text);
  }

  /** The tags that were asked for. */
  Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 1; parameters.containsKey("Tags.member." + i + ".Key"); i++) {
      String key = parameter("Tags.member." + i + ".Key");
      String value = parameter("Tags.member." + i + ".Value");
      require(KEY.matcher(key).matches(), key, "is no key of a tag: tags", key);
      require(VALUE.matcher(value).matches(), value, "is no value of a tag: tags", value);
      require(keys.add(key.toLowerCase(Locale.ROOT)), key, "is there twice: tags", key);
      tags.put(key, value);
    }
    return require(tags.size() <= MAX_TAGS, tags, "are more than 50: tags", "they");
  }

  /** The keys that role chaining is to keep; each is a tag's. */
  Set<String> transitiveTagKeys(Map<String, String> tags) {
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 1; parameters.containsKey("TransitiveTagKeys.member." + i); i++) {
      String key = parameter("TransitiveTagKeys.member." + i);
      require(
          tags.containsKey(key), key, "is not among the requested tags: transitiveTagKeys", key);
      keys.add(key);
    }
    return keys;
  }

  /** The parameter's name ends what is wrong with it, as STS words it the other way round. */
  static <T> T require(boolean valid, T value, String wrong, String shown) {
    if (!valid) {
      throw new Invalid("1 validation error detected: '" + shown + "' " + wrong);
    }
    return value;
  }

  /** What STS does not take. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }

    ErrorAnswer error() {
      return new ErrorAnswer(400, "ValidationError", String.valueOf(getMessage()));
    }
  }
}
