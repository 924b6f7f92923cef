// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of an SQS queue, taken apart. */
record QueueArn(String text, String region, String account, String name) {

  private static final int PARTS = 6;
  private static final Pattern USUAL_URL =
      Pattern.compile("https://sqs\\.([^.]+)\\.amazonaws\\.com(?:\\.cn)?/(\\d+)/([^/]+)/?");

  /**
   * Takes an ARN apart.
   *
   * @throws ConfigurationException if it is none of an SQS queue
   */
  static QueueArn of(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS || !parts[0].equals("arn") || !parts[2].equals("sqs")) {
      throw new ConfigurationException(
          "\""
              + text
              + "\" is not the ARN of an SQS queue, such as"
              + " arn:aws:sqs:eu-central-1:123456789012:orders");
    }
    return new QueueArn(text, parts[3], parts[4], parts[5]);
  }

  /** The URL that SQS gives to such a queue, outside of partitions with domains of their own. */
  String usualUrl() {
    String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://sqs." + region + "." + domain + "/" + account + "/" + name;
  }

  /** The ARN of a queue by such a URL; empty if it is another one. */
  static Optional<String> ofUsualUrl(String url) {
    Matcher usual = USUAL_URL.matcher(url);
    if (!usual.matches()) {
      return Optional.empty();
    }
    String region = usual.group(1);
    String partition =
        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return Optional.of(
        "arn:" + partition + ":sqs:" + region + ":" + usual.group(2) + ":" + usual.group(3));
  }

  /** Whether an ARN is one of SQS. */
  static boolean isQueue(String arn) {
    return arn.startsWith("arn:") && arn.contains(":sqs:");
  }

  static boolean isFifo(String queue) {
    return queue.endsWith(".fifo");
  }

  /** Whether a queue's URL may mean this queue: all but a region that says otherwise. */
  boolean isAt(String url) {
    String path = "/" + account + "/" + name;
    String plain = url;
    while (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (!plain.endsWith(path)) {
      return false;
    }
    String host = plain.substring(0, plain.length() - path.length());
    return !host.startsWith("https://sqs.") || host.startsWith("https://sqs." + region + ".");
  }
}
