// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The URL of a queue, taken apart.
 *
 * @param host where it is
 * @param account whose it is
 * @param name its name
 */
record QueueUrl(String host, String account, String name) {

  private static final Pattern FORM =
      Pattern.compile(
          "https?://([A-Za-z0-9.-]+)(?::[0-9]+)?/(?:queue/)?([0-9]{12})/([A-Za-z0-9_.-]{1,80})/?");

  /** Reads a URL; null if it is none of a queue. */
  static @Nullable QueueUrl of(@Nullable String text) {
    Matcher url = FORM.matcher(text == null ? "" : text);
    return url.matches()
        ? new QueueUrl(url.group(1).toLowerCase(Locale.ROOT), url.group(2), url.group(3))
        : null;
  }

  /** Whether a host of AWS's is one of a region; others are not told apart. */
  boolean isIn(@Nullable String region) {
    boolean aws = host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn");
    return !aws || (region != null && ("." + host).contains("." + region + "."));
  }

  /** The ARN, as receivers are told it. */
  String arn(String region) {
    String partition = PartitionMetadata.of(Region.of(region)).id();
    return "arn:" + partition + ":sqs:" + region + ":" + account + ":" + name;
  }

  boolean isFifo() {
    return name.endsWith(".fifo");
  }
}
