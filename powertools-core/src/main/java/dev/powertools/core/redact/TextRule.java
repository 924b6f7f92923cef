// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sensitive by its look.
 *
 * @param pattern finds candidates
 * @param confirmed whether a candidate is one
 */
record TextRule(Pattern pattern, Predicate<String> confirmed) {

  String apply(String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    do {
      String match = found.group();
      found.appendReplacement(
          masked, Matcher.quoteReplacement(confirmed.test(match) ? Redactor.MASK : match));
    } while (found.find());
    return found.appendTail(masked).toString();
  }
}
