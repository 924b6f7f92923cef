// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import dev.powertools.core.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an IAM policy that is to keep tenants apart. It knows no more than the
 * policies of this project need: what it has not heard of, it refuses.
 */
final class PolicyLint {

  private static final String TENANT = "${aws:PrincipalTag/TenantId}";

  /** The tenant between separators, or at the end of a name of its own. */
  private static final Pattern BOUNDED =
      Pattern.compile("(?:^|.*[/#:-])\\$\\{aws:PrincipalTag/TenantId}(?:[/#].*)?");

  /** Anything at all behind a separator, or anything but nothing. */
  private static final Pattern WILDCARD = Pattern.compile("[^*?]*[/#]\\*|\\?\\*|[^*?]*");

  /** What can reach items whatever their keys: AWS has no condition for them. */
  private static final Pattern UNCONDITIONAL = Pattern.compile("dynamodb:(Scan|PartiQL.*)");

  /** What can't say in a request whose it is: the signed envelope in the message does. */
  private static final Set<String> SHARED =
      Set.of("sqs:SendMessage", "sts:AssumeRole", "sts:TagSession");

  private final List<String> problems = new ArrayList<>();

  private PolicyLint() {}

  /** The problems of a policy, each naming its statement. */
  static List<String> problems(String json) {
    PolicyLint lint = new PolicyLint();
    try {
      lint.policy(map(JsonTree.read(json, JsonTree.Duplicates.REFUSE)));
    } catch (RuntimeException e) {
      lint.problems.add("is no policy: " + e);
    }
    return lint.problems;
  }

  private void policy(Map<String, Object> policy) {
    require("2012-10-17".equals(policy.get("Version")), "policy", "a Version without variables");
    list(policy.get("Statement")).forEach(each -> statement(map(each)));
  }

  private void statement(Map<String, Object> statement) {
    String sid = String.valueOf(statement.get("Sid"));
    require("Allow".equals(statement.get("Effect")), sid, "an Effect that is not Allow");
    Set<String> known = Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");
    require(known.containsAll(statement.keySet()), sid, "elements such as NotAction");
    List<String> actions = texts(statement.get("Action"));
    for (String action : actions) {
      require(!action.contains("*"), sid, "the action " + action);
      require(!UNCONDITIONAL.matcher(action).matches(), sid, "the action " + action);
    }
    Map<String, Object> conditions = map(statement.getOrDefault("Condition", Map.of()));
    guards(sid, conditions);
    values(sid, statement, conditions);
    if (!SHARED.containsAll(actions)) {
      require(saysWhose(statement, conditions, actions), sid, "no tenant");
    }
    if (actions.contains("sts:TagSession") && statement.containsKey("Principal")) {
      trust(sid, conditions);
    }
  }

  /** ForAllValues is true of what is not there at all. */
  private void guards(String sid, Map<String, Object> conditions) {
    Map<String, Object> nulls = map(conditions.getOrDefault("Null", Map.of()));
    conditions.forEach(
        (operator, keys) -> {
          require(!operator.endsWith("IfExists"), sid, "the operator " + operator);
          if (operator.startsWith("ForAllValues:")) {
            map(keys)
                .keySet()
                .forEach(
                    key ->
                        require(
                            "false".equals(nulls.get(key)),
                            sid,
                            "ForAllValues of " + key + " without Null"));
          }
        });
  }

  private void values(String sid, Map<String, Object> statement, Map<String, Object> conditions) {
    Stream.concat(texts(statement.get("Resource")).stream(), conditionValues(conditions))
        .forEach(
            value -> {
              require(!value.equals("*"), sid, "the resource *");
              require(
                  WILDCARD.matcher(value).matches(),
                  sid,
                  "a wildcard behind no separator in " + value);
              boolean bounded = !value.contains(TENANT) || BOUNDED.matcher(value).matches();
              require(bounded, sid, "a tenant without separators in " + value);
              require(
                  !value.matches(".*\\b(acme|globex)\\b.*"), sid, "a tenant by name in " + value);
            });
  }

  private static Stream<String> conditionValues(Map<String, Object> conditions) {
    return conditions.values().stream()
        .flatMap(keys -> map(keys).values().stream())
        .flatMap(values -> texts(values).stream());
  }

  /** Each resource by its name, or else the keys or prefixes that the statement is about. */
  private static boolean saysWhose(
      Map<String, Object> statement, Map<String, Object> conditions, List<String> actions) {
    boolean byName =
        texts(statement.get("Resource")).stream().allMatch(each -> each.contains(TENANT));
    String key = actions.contains("s3:ListBucket") ? "s3:prefix" : "dynamodb:LeadingKeys";
    List<String> values =
        conditions.values().stream()
            .map(PolicyLint::map)
            .filter(keys -> keys.containsKey(key))
            .flatMap(keys -> texts(keys.get(key)).stream())
            .filter(value -> !value.equals("false"))
            .toList();
    return byName || (!values.isEmpty() && values.stream().allMatch(each -> each.contains(TENANT)));
  }

  private void trust(String sid, Map<String, Object> conditions) {
    Map<String, Object> nulls = map(conditions.getOrDefault("Null", Map.of()));
    Map<String, Object> closed =
        map(conditions.getOrDefault("ForAllValues:StringEquals", Map.of()));
    Map<String, Object> like = map(conditions.getOrDefault("StringLike", Map.of()));
    require("false".equals(nulls.get("aws:RequestTag/TenantId")), sid, "sessions without a tag");
    require(
        texts(closed.get("aws:TagKeys")).contains("TenantId"), sid, "TagKeys that are not closed");
    require("?*".equals(like.get("aws:RequestTag/TenantId")), sid, "an empty tag");
  }

  private void require(boolean holds, String sid, String problem) {
    if (!holds) {
      problems.add(sid + " has " + problem);
    }
  }

  @SuppressWarnings("unchecked") // what JSON has for objects
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of(Objects.requireNonNull(value));
  }

  private static List<String> texts(@Nullable Object value) {
    return value == null ? List.of() : list(value).stream().map(String::valueOf).toList();
  }
}
