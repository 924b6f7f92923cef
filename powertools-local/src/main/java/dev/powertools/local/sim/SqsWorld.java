// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.VirtualClock;
import dev.powertools.local.sim.SqsSettings.Redrive;
import dev.powertools.local.sqs.LocalQueue;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All queues of a simulation and what they share. Confined to the lock of its queues. */
final class SqsWorld {

  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";
  static final String ENDPOINT = "https://sqs." + REGION + ".amazonaws.com";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  final SqsLedger ledger;
  final Random order;
  final boolean shuffled;
  final int inFlightLimit;
  private final VirtualClock clock;
  private final Random ids;
  private final Map<String, SqsQueue> queues = new LinkedHashMap<>();
  private long sequence;

  SqsWorld(VirtualClock clock, long seed, boolean shuffled, int inFlightLimit) {
    this.clock = clock;
    this.ledger = new SqsLedger(clock.now().minusNanos(clock.nanoTime()));
    this.ids = new Random(seed);
    this.order = new Random(~seed);
    this.shuffled = shuffled;
    this.inFlightLimit = inFlightLimit;
  }

  Instant now() {
    return clock.now();
  }

  String newId() {
    byte[] bytes = new byte[16];
    ids.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }

  String newSequence() {
    return String.format(Locale.ROOT, "1%019d", ++sequence * 256);
  }

  Collection<SqsQueue> queues() {
    return queues.values();
  }

  /** Every queue forgets what is too old; to be called before anything else is done. */
  void expire() {
    Instant now = now();
    queues.values().forEach(queue -> queue.expire(now));
  }

  SqsQueue create(String name, Map<String, String> attributes) {
    if (!NAME.matcher(name.endsWith(".fifo") ? name.substring(0, name.length() - 5) : name)
        .matches()) {
      throw SqsRefusal.invalid(
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length: "
              + name);
    }
    SqsSettings settings = SqsSettings.of(name, attributes);
    requireTarget(settings);
    SqsQueue existing = queues.get(name);
    if (existing != null) {
      requireSame(existing, attributes);
      return existing;
    }
    SqsQueue queue = new SqsQueue(names(name), settings, this);
    queues.put(name, queue);
    return queue;
  }

  private static void requireSame(SqsQueue existing, Map<String, String> attributes) {
    Map<String, String> has = existing.settings().attributes();
    if (!has.entrySet().containsAll(attributes.entrySet())) {
      throw SqsRefusal.coded(
          "QueueAlreadyExists",
          "QueueNameExists",
          "A queue already exists with the same name and a different value for an attribute: "
              + existing.names.name());
    }
  }

  /** A dead-letter queue has to exist and to be of the source's type. */
  void requireTarget(SqsSettings settings) {
    Redrive redrive = settings.redrive();
    if (redrive == null) {
      return;
    }
    SqsQueue target = byArn(redrive.targetArn());
    if (target == null) {
      throw SqsRefusal.invalid(
          "RedrivePolicy", redrive.targetArn(), "Dead letter target does not exist.");
    }
    if (target.settings().fifo() != settings.fifo()) {
      throw SqsRefusal.invalid(
          "RedrivePolicy",
          redrive.targetArn(),
          "Dead-letter queue must be same type of queue as the source.");
    }
  }

  static LocalQueue names(String name) {
    return new LocalQueue(
        name,
        ENDPOINT + "/" + ACCOUNT + "/" + name,
        "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + name);
  }

  /** The queue of a URL: its last part says which. */
  SqsQueue byUrl(String url) {
    return byName(url.substring(url.lastIndexOf('/') + 1));
  }

  boolean has(String name) {
    return queues.containsKey(name);
  }

  SqsQueue byName(String name) {
    SqsQueue queue = queues.get(name);
    if (queue == null) {
      throw SqsRefusal.noSuchQueue(name + " (there are " + queues.keySet() + ")");
    }
    return queue;
  }

  @Nullable SqsQueue byArn(String arn) {
    return queues.get(arn.substring(arn.lastIndexOf(':') + 1));
  }
}
