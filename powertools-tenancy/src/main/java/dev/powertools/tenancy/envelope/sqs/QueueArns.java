// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope.sqs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The ARN of a queue, as its receiver is told it: account and name are the end of its URL, whatever
 * host is before them; the region is that which the client sends to.
 */
final class QueueArns {

  private static final Pattern URL =
      Pattern.compile("https?://[^/?#]+/(?:[^?#]*/)?([0-9]{12})/([A-Za-z0-9_.-]{1,80})/?");

  private QueueArns() {}

  static String of(@Nullable String url, @Nullable Region region) {
    Matcher parts = URL.matcher(url == null ? "" : url);
    if (!parts.matches() || region == null) {
      throw UnsignableMessageException.unknownQueue(url);
    }
    return "arn:"
        + PartitionMetadata.of(region).id()
        + ":sqs:"
        + region.id()
        + ":"
        + parts.group(1)
        + ":"
        + parts.group(2);
  }
}
