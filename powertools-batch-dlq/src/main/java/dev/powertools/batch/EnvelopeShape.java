// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.List;
import java.util.Map;

/**
 * What envelopes look like. All that a service always says must be there, in its spelling, so that
 * nothing else is taken for one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">SNS</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html">EventBridge</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3</a>
 */
final class EnvelopeShape {

  private static final List<String> SNS = List.of("MessageId", "TopicArn", "Message", "Timestamp");
  private static final List<String> EVENTBRIDGE =
      List.of("version", "id", "detail-type", "source", "account", "time", "region");

  private EnvelopeShape() {}

  static boolean is(Envelope envelope, Map<?, ?> members) {
    return switch (envelope) {
      case SNS ->
          "Notification".equals(members.get("Type"))
              && haveTexts(members, SNS)
              && String.valueOf(members.get("TopicArn")).startsWith("arn:");
      case EVENTBRIDGE ->
          haveTexts(members, EVENTBRIDGE)
              && members.get("resources") instanceof List
              && members.get("detail") instanceof Map;
      case S3 -> members.get("Records") instanceof List<?> records && areOfS3(records);
    };
  }

  private static boolean haveTexts(Map<?, ?> members, List<String> names) {
    for (String name : names) {
      if (!(members.get(name) instanceof String)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areOfS3(List<?> records) {
    for (Object each : records) {
      boolean one =
          each instanceof Map<?, ?> record
              && "aws:s3".equals(record.get("eventSource"))
              && record.get("s3") instanceof Map;
      if (!one) {
        return false;
      }
    }
    return !records.isEmpty();
  }
}
