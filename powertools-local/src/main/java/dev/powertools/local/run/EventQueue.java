// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose messages are events of the function. Defaults: no dead-letter queue, batches of up
 * to 10, a visibility timeout of 30 s or the function's timeout if that is longer; {@code
 * ReportBatchItemFailures} is on.
 *
 * <p>Not thread-safe.
 */
public final class EventQueue {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo");

  private final String name;
  private @Nullable String deadLetters;
  private int maxReceives = 3;
  private int batchSize = 10;
  private @Nullable Duration visibilityTimeout;

  EventQueue(String name) {
    this.name = requireName(name);
  }

  /**
   * Where a message goes instead of being received once more than that.
   *
   * @throws IllegalArgumentException if SQS would not take the name or the number
   */
  public EventQueue deadLetters(String queue, int receives) {
    requireName(queue);
    if (queue.endsWith(".fifo") != name.endsWith(".fifo")) {
      throw new IllegalArgumentException(
          "The dead-letter queue '"
              + queue
              + "' of '"
              + name
              + "' must be of the same type: both"
              + " names end with .fifo, or none");
    }
    if (receives < 1 || receives > 1000) {
      throw new IllegalArgumentException(
          "The number of receives of '" + name + "' is '" + receives + "': expected 1 to 1000");
    }
    this.deadLetters = queue;
    this.maxReceives = receives;
    return this;
  }

  /**
   * How many messages an event holds at most.
   *
   * @throws IllegalArgumentException if it isn't 1 to 10
   */
  public EventQueue batchSize(int messages) {
    if (messages < 1 || messages > 10) {
      throw new IllegalArgumentException(
          "The batch size of '" + name + "' is '" + messages + "': expected 1 to 10");
    }
    this.batchSize = messages;
    return this;
  }

  /** How long a message stays hidden that was received and not deleted: whole seconds. */
  public EventQueue visibilityTimeout(Duration timeout) {
    this.visibilityTimeout = timeout;
    return this;
  }

  String name() {
    return name;
  }

  @Nullable String deadLetters() {
    return deadLetters;
  }

  int maxReceives() {
    return maxReceives;
  }

  int batchSize() {
    return batchSize;
  }

  /** AWS refuses a mapping whose queue shows a message again before the function timed out. */
  Duration visibilityFor(Duration functionTimeout) {
    if (visibilityTimeout != null) {
      return visibilityTimeout;
    }
    long seconds = Math.max(30, (functionTimeout.toMillis() + 999) / 1000);
    return Duration.ofSeconds(seconds);
  }

  void addTo(List<String> arguments) {
    arguments.add("--queue");
    arguments.add(name);
    if (deadLetters != null) {
      arguments.addAll(List.of("--dlq", deadLetters, "--receives", "" + maxReceives));
    }
    arguments.addAll(List.of("--batch-size", "" + batchSize));
    if (visibilityTimeout != null) {
      arguments.addAll(List.of("--visibility", visibilityTimeout.toMillis() + "ms"));
    }
  }

  private static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The queue name '"
              + name
              + "' isn't one of SQS: 1 to 80 letters, digits, - and _, and .fifo at the end of a FIFO"
              + " queue's");
    }
    return name;
  }
}
