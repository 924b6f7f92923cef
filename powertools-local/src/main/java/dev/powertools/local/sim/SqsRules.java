// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What SQS takes for a message.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class SqsRules {

  static final int MAX_BYTES = 1_048_576;
  static final int MAX_VISIBILITY = 43_200;
  private static final int MAX_DELAY = 900;
  private static final int MAX_ATTRIBUTES = 10;
  private static final int MAX_NAME = 256;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
  private static final Pattern ID = Pattern.compile("\\p{Graph}{1,128}");

  private SqsRules() {}

  static void check(SqsOutgoing message, SqsSettings queue) {
    if (message.body().isEmpty()) {
      throw SqsRefusal.missing("MessageBody");
    }
    requireCharacters(message.body());
    requireAttributes(message.attributes());
    if (message.size() > queue.maxBytes()) {
      throw SqsRefusal.invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + queue.maxBytes()
              + " bytes.");
    }
    requireRange("DelaySeconds", message.delaySeconds(), 0, MAX_DELAY);
    requireId("MessageGroupId", message.groupId());
    requireId("MessageDeduplicationId", message.deduplicationId());
    if (queue.fifo()) {
      requireFifo(message, queue);
    } else if (message.deduplicationId() != null) {
      throw notOfThisType("MessageDeduplicationId", message.deduplicationId());
    }
  }

  private static void requireFifo(SqsOutgoing message, SqsSettings queue) {
    if (message.groupId() == null) {
      throw SqsRefusal.missing("MessageGroupId");
    }
    if (message.deduplicationId() == null && !queue.contentBasedDeduplication()) {
      throw SqsRefusal.invalid(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    if (message.delaySeconds() != null) {
      throw notOfThisType("DelaySeconds", message.delaySeconds());
    }
  }

  private static SqsRefusal notOfThisType(String parameter, Object value) {
    return SqsRefusal.invalid(
        parameter,
        value,
        "The request includes a parameter that is not valid for this queue type.");
  }

  static void requireRange(String parameter, @Nullable Integer value, int from, int to) {
    if (value != null && (value < from || value > to)) {
      throw SqsRefusal.invalid(parameter, value, "Must be >= " + from + " and <= " + to + ".");
    }
  }

  private static void requireId(String parameter, @Nullable String value) {
    if (value != null && !ID.matcher(value).matches()) {
      throw SqsRefusal.invalid(
          parameter, value, "Must be 1 to 128 alphanumeric or punctuation characters.");
    }
  }

  private static void requireAttributes(Map<String, SqsAttribute> attributes) {
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw SqsRefusal.invalid(
          "Number of message attributes ["
              + attributes.size()
              + "] exceeds the allowed maximum [10].");
    }
    attributes.forEach(SqsRules::requireAttribute);
  }

  private static void requireAttribute(String name, SqsAttribute attribute) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()
        || name.length() > MAX_NAME
        || lower.startsWith("aws.")
        || lower.startsWith("amazon.")) {
      throw SqsRefusal.invalid("The message attribute name '" + name + "' is invalid.");
    }
    if (!TYPE.matcher(attribute.type()).matches() || attribute.type().length() > MAX_NAME) {
      throw SqsRefusal.invalid(
          "The message attribute '"
              + name
              + "' has an invalid message attribute type, the set of"
              + " supported type prefixes is Binary, Number, and String.");
    }
    boolean absent = attribute.isBinary() ? attribute.binary() == null : attribute.text() == null;
    if (absent || attribute.bytes().length == 0) {
      throw SqsRefusal.invalid(
          "The message attribute '"
              + name
              + "' must contain a non-empty message attribute value for"
              + " message attribute type '"
              + attribute.type()
              + "'.");
    }
    requireValue(name, attribute);
  }

  private static void requireValue(String name, SqsAttribute attribute) {
    if (attribute.text() == null) {
      return;
    }
    requireCharacters(attribute.text());
    if (attribute.type().startsWith("Number")) {
      try {
        new BigDecimal(attribute.text());
      } catch (NumberFormatException e) {
        throw SqsRefusal.invalid(
            "Could not cast message attribute '" + name + "' value to number.");
      }
    }
  }

  /** #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
  static void requireCharacters(String text) {
    if (!text.codePoints().allMatch(SqsRules::isAllowed)) {
      throw SqsRefusal.plain(
          "InvalidMessageContents",
          "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF |"
              + " #xE000 to #xFFFD | #x10000 to #x10FFFF");
    }
  }

  private static boolean isAllowed(int c) {
    return c == 0x9
        || c == 0xA
        || c == 0xD
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
