// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dead-letter queue that was named: a URL or an ARN. Immutable.
 *
 * @param text as named, variables replaced
 */
record DeadLetterTarget(String text) {

  /**
   * Replaces {@code ${NAME}} by environment variables.
   *
   * @throws ConfigurationException if a variable is not set, or the text names no queue
   */
  static DeadLetterTarget of(String named, Config config) {
    String text = replaced(named, config);
    if (!isUrl(text)) {
      requireArn(named, text);
    }
    return new DeadLetterTarget(text);
  }

  private static String replaced(String named, Config config) {
    if (named.indexOf('$') < 0) {
      return named;
    }
    Matcher variable = Pattern.compile("\\$\\{([^}]*)\\}").matcher(named);
    return variable.replaceAll(
        match -> Matcher.quoteReplacement(valueOf(match.group(1), named, config)));
  }

  private static String valueOf(String name, String named, Config config) {
    return config
        .variable(name)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "The dead-letter queue is \""
                        + named
                        + "\", but the environment variable "
                        + name
                        + " is not set. Set it to the URL or the ARN of the queue."));
  }

  private static void requireArn(String named, String text) {
    try {
      QueueArn.of(text);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          "The dead-letter queue \""
              + named
              + "\" is \""
              + text
              + "\", which is neither the URL nor the ARN of an SQS queue.",
          e);
    }
  }

  private static boolean isUrl(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  boolean isUrl() {
    return isUrl(text);
  }

  /**
   * Refuses the source queue itself: its dead letters would come back for ever.
   *
   * @throws ConfigurationException if this is {@code source}
   */
  void requireOtherThan(String source) {
    boolean same =
        isUrl() ? QueueArn.isQueue(source) && QueueArn.of(source).isAt(text) : text.equals(source);
    if (same) {
      throw new ConfigurationException(
          "The dead-letter queue "
              + text
              + " is the source queue itself, so dead letters would be delivered for ever. Name"
              + " another queue in @DeadLetter.");
    }
  }
}
