// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates of routes: {@code /orders/{id}}, {@code /files/{path+}}. */
final class HttpRoute {

  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}+]+)(\\+?)}");

  private HttpRoute() {}

  /** What the braces of a template stand for in a path. */
  static Map<String, String> parameters(String template, String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (template.equals("$default")) {
      return parameters;
    }
    Matcher match = Pattern.compile(pattern(template, parameters)).matcher(path);
    if (!template.startsWith("/") || !match.matches()) {
      throw Refused.value(
          "route",
          template,
          "does not match the path \"" + path + "\"; write /orders/{id} or $default");
    }
    int group = 1;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      parameter.setValue(match.group(group++));
    }
    return parameters;
  }

  private static String pattern(String template, Map<String, String> parameters) {
    StringBuilder pattern = new StringBuilder();
    Matcher each = PARAMETER.matcher(template);
    int from = 0;
    while (each.find()) {
      pattern.append(Pattern.quote(template.substring(from, each.start())));
      pattern.append(each.group(2).isEmpty() ? "([^/]+)" : "(.+)");
      parameters.put(each.group(1), "");
      from = each.end();
    }
    return pattern.append(Pattern.quote(template.substring(from))).toString();
  }
}
