// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A queue's attributes, checked, with SQS's defaults. Immutable. */
final class SqsSettings {

  /** Where messages go instead of being received more than {@code maxReceives} times. */
  record Redrive(String targetArn, int maxReceives) {}

  private record Range(int from, int to, int byDefault) {}

  private static final Map<String, Range> NUMBERS =
      Map.of(
          "VisibilityTimeout", new Range(0, SqsRules.MAX_VISIBILITY, 30),
          "DelaySeconds", new Range(0, 900, 0),
          "MessageRetentionPeriod", new Range(60, 1_209_600, 345_600),
          "MaximumMessageSize", new Range(1024, SqsRules.MAX_BYTES, SqsRules.MAX_BYTES),
          "ReceiveMessageWaitTimeSeconds", new Range(0, 20, 0));

  private final boolean fifo;
  private final Map<String, String> given;
  private final @Nullable Redrive redrive;

  private SqsSettings(boolean fifo, Map<String, String> given) {
    this.fifo = fifo;
    this.given = given;
    given.forEach(this::check);
    this.redrive = redrive(given.get("RedrivePolicy"));
  }

  static SqsSettings of(String queueName, Map<String, String> attributes) {
    boolean fifo = queueName.endsWith(".fifo");
    if (fifo != "true".equals(attributes.getOrDefault("FifoQueue", "" + fifo))) {
      throw invalid("FifoQueue", attributes.getOrDefault("FifoQueue", "false"));
    }
    return new SqsSettings(fifo, new LinkedHashMap<>(attributes));
  }

  /** These with some replaced; empty text removes one. */
  SqsSettings with(Map<String, String> changes) {
    if (changes.containsKey("FifoQueue")) {
      throw SqsRefusal.plain("InvalidAttributeName", "Unknown Attribute FifoQueue.");
    }
    Map<String, String> all = new LinkedHashMap<>(given);
    all.putAll(changes);
    all.values().removeIf(String::isEmpty);
    return new SqsSettings(fifo, all);
  }

  boolean fifo() {
    return fifo;
  }

  Duration visibility() {
    return seconds("VisibilityTimeout");
  }

  Duration delay() {
    return seconds("DelaySeconds");
  }

  Duration retention() {
    return seconds("MessageRetentionPeriod");
  }

  int waitSeconds() {
    return number("ReceiveMessageWaitTimeSeconds");
  }

  int maxBytes() {
    return number("MaximumMessageSize");
  }

  boolean contentBasedDeduplication() {
    return "true".equals(given.get("ContentBasedDeduplication"));
  }

  /** Whether a deduplication id counts in its message group only. */
  boolean deduplicatesByGroup() {
    return "messageGroup".equals(given.get("DeduplicationScope"));
  }

  @Nullable Redrive redrive() {
    return redrive;
  }

  /** All attributes that were given or have a default. */
  Map<String, String> attributes() {
    Map<String, String> all = new LinkedHashMap<>();
    NUMBERS.keySet().stream().sorted().forEach(name -> all.put(name, "" + number(name)));
    if (fifo) {
      all.put("FifoQueue", "true");
      all.put("ContentBasedDeduplication", "" + contentBasedDeduplication());
    }
    given.forEach(all::putIfAbsent);
    return all;
  }

  private Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  private int number(String name) {
    Range range = range(name);
    return Integer.parseInt(given.getOrDefault(name, "" + range.byDefault()));
  }

  private static Range range(String name) {
    return NUMBERS.getOrDefault(name, new Range(0, 0, 0));
  }

  private void check(String name, String value) {
    Range range = NUMBERS.get(name);
    if (range != null) {
      requireRange(name, value, range);
    } else if (name.equals("ContentBasedDeduplication") && !fifo) {
      throw SqsRefusal.plain("InvalidAttributeName", "Unknown Attribute " + name + ".");
    }
  }

  private static void requireRange(String name, String value, Range range) {
    try {
      int number = Integer.parseInt(value);
      if (number >= range.from() && number <= range.to()) {
        return;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, value);
    }
    throw invalid(name, value);
  }

  private static @Nullable Redrive redrive(@Nullable String policy) {
    if (policy == null) {
      return null;
    }
    try {
      if (JsonTree.read(policy, JsonTree.Duplicates.REFUSE) instanceof Map<?, ?> map
          && map.get("deadLetterTargetArn") instanceof String arn) {
        int max = Integer.parseInt(String.valueOf(map.get("maxReceiveCount")));
        if (max >= 1 && max <= 1000) {
          return new Redrive(arn, max);
        }
      }
    } catch (InvalidJsonException | NumberFormatException e) {
      throw invalid("RedrivePolicy", policy);
    }
    throw invalid("RedrivePolicy", policy);
  }

  private static SqsRefusal invalid(String name, String value) {
    return SqsRefusal.plain(
        "InvalidAttributeValue", "Invalid value for the parameter " + name + ": " + value);
  }
}
