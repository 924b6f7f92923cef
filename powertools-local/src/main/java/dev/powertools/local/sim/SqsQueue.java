// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.sim.SqsSettings.Redrive;
import dev.powertools.local.sqs.LocalQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One queue, by SQS's rules. Confined to the lock of its queues.
 *
 * <p><b>Receiving.</b> A message that was received as often as the redrive policy allows moves to
 * the dead-letter queue when it would be received once more. The move keeps its receive count; in a
 * standard queue it also keeps its enqueue time, and so its age.
 *
 * <p><b>FIFO.</b> A group is locked while any of its messages is in flight, and while its first one
 * is hidden. What is free comes in the order of sending, as much of one group as there is before
 * the next.
 */
final class SqsQueue {

  private static final Duration DEDUPLICATION = Duration.ofMinutes(5);
  private static final Duration LONGEST_HIDDEN = Duration.ofSeconds(SqsRules.MAX_VISIBILITY);

  private record Remembered(SqsStored message, Instant until) {}

  final LocalQueue names;
  private final SqsWorld world;
  private final Map<String, SqsStored> messages = new LinkedHashMap<>();
  private final Map<String, Remembered> remembered = new HashMap<>();
  private SqsSettings settings;
  private Instant nextExpiry = Instant.MAX;

  SqsQueue(LocalQueue names, SqsSettings settings, SqsWorld world) {
    this.names = names;
    this.settings = settings;
    this.world = world;
  }

  SqsSettings settings() {
    return settings;
  }

  /** New settings; a new retention counts for the messages that are here, too. */
  void settings(SqsSettings changed) {
    settings = changed;
    nextExpiry = Instant.MIN;
  }

  Collection<SqsStored> messages() {
    return messages.values();
  }

  // ---- sending

  SqsStored send(SqsOutgoing given, boolean byClient) {
    SqsRules.check(given, settings);
    SqsOutgoing outgoing = withDeduplicationId(given);
    Instant now = world.now();
    String key = deduplicationKey(outgoing);
    Remembered earlier = key == null ? null : remembered.get(key);
    if (earlier != null && now.isBefore(earlier.until())) {
      world.ledger.tell(
          earlier.message().id, now, "sent again within 5 minutes: dropped as a duplicate");
      return earlier.message();
    }
    Duration delay =
        outgoing.delaySeconds() == null
            ? settings.delay()
            : Duration.ofSeconds(outgoing.delaySeconds());
    SqsStored message =
        new SqsStored(
            world.ledger.size() + 1, world.newId(), outgoing, byClient, this, now, now.plus(delay));
    add(message);
    if (key != null) {
      remembered.put(key, new Remembered(message, now.plus(DEDUPLICATION)));
    }
    String hidden = delay.isZero() ? "" : ", delayed until " + time(message.visibleAt);
    world.ledger.sent(message, "sent to " + names.name() + hidden);
    return message;
  }

  private SqsOutgoing withDeduplicationId(SqsOutgoing given) {
    if (!settings.fifo() || given.deduplicationId() != null) {
      return given;
    }
    return new SqsOutgoing(
        given.body(),
        given.attributes(),
        given.traceHeader(),
        given.groupId(),
        SqsDigest.contentId(given.body()),
        given.delaySeconds());
  }

  private @Nullable String deduplicationKey(SqsOutgoing outgoing) {
    if (!settings.fifo()) {
      return null;
    }
    String group = settings.deduplicatesByGroup() ? outgoing.groupId() + "\n" : "";
    return group + outgoing.deduplicationId();
  }

  private void add(SqsStored message) {
    message.queue = this;
    if (settings.fifo()) {
      message.sequence = world.newSequence();
    }
    messages.put(message.id, message);
    Instant expiry = message.sentAt.plus(settings.retention());
    nextExpiry = expiry.isBefore(nextExpiry) ? expiry : nextExpiry;
  }

  // ---- receiving

  List<SqsReceived> receive(int max, @Nullable Integer visibilitySeconds) {
    Instant now = world.now();
    Duration visibility =
        visibilitySeconds == null ? settings.visibility() : Duration.ofSeconds(visibilitySeconds);
    List<SqsReceived> received = new ArrayList<>();
    int room = Math.min(max, room(now));
    for (SqsStored message : available(now)) {
      if (received.size() >= room) {
        break;
      }
      if (!movedToDeadLetters(message, now)) {
        received.add(take(message, now, now.plus(visibility)));
      }
    }
    return received;
  }

  private SqsReceived take(SqsStored message, Instant now, Instant hiddenUntil) {
    String handle = message.take(now, hiddenUntil);
    String hidden = hiddenUntil.equals(now) ? "not hidden" : "hidden until " + time(hiddenUntil);
    tell(message, "receive " + message.receives + " from " + names.name() + ", " + hidden);
    return message.received(handle, message.receives);
  }

  /** How many more messages may be in flight. */
  int room(Instant now) {
    long inFlight = messages.values().stream().filter(m -> m.inFlight(now)).count();
    return (int) Math.max(0, world.inFlightLimit - inFlight);
  }

  private List<SqsStored> available(Instant now) {
    if (settings.fifo()) {
      return unlocked(now);
    }
    List<SqsStored> visible = new ArrayList<>();
    messages.values().stream().filter(m -> m.isVisible(now)).forEach(visible::add);
    if (world.shuffled) {
      Collections.shuffle(visible, world.order);
    }
    return visible;
  }

  private List<SqsStored> unlocked(Instant now) {
    Set<String> locked = new LinkedHashSet<>();
    messages.values().stream().filter(m -> m.inFlight(now)).forEach(m -> locked.add(m.group()));
    Map<String, List<SqsStored>> groups = new LinkedHashMap<>();
    for (SqsStored message : messages.values()) {
      if (!message.isVisible(now)) {
        locked.add(message.group());
      }
      if (!locked.contains(message.group())) {
        groups.computeIfAbsent(message.group(), g -> new ArrayList<>()).add(message);
      }
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private boolean movedToDeadLetters(SqsStored message, Instant now) {
    Redrive policy = settings.redrive();
    if (policy == null || message.receives < policy.maxReceives()) {
      return false;
    }
    SqsQueue target = world.byArn(policy.targetArn());
    if (target == null) {
      return false;
    }
    messages.remove(message.id);
    message.handle = null;
    message.movedFrom = names.arn();
    message.visibleAt = now;
    message.receivedAt = now;
    if (settings.fifo()) {
      message.sentAt = now;
    }
    target.add(message);
    tell(
        message,
        String.format(
            Locale.ROOT,
            "moved to %s: receive %d would be over the %d that are allowed",
            target.names.name(),
            message.receives + 1,
            policy.maxReceives()));
    target.expire(now);
    return true;
  }

  /** The next moment at which a receive would find something; empty if only a change can help. */
  Optional<Instant> nextReceivable(Instant now) {
    if (room(now) == 0) {
      return earliest(messages.values().stream().filter(m -> m.inFlight(now)).toList());
    }
    return settings.fifo() ? nextUnlocked(now) : earliest(messages.values());
  }

  private static Optional<Instant> earliest(Collection<SqsStored> among) {
    return among.stream().map(m -> m.visibleAt).min(Instant::compareTo);
  }

  private Optional<Instant> nextUnlocked(Instant now) {
    Map<String, Instant> free = new LinkedHashMap<>();
    for (SqsStored message : messages.values()) {
      Instant known = free.putIfAbsent(message.group(), message.visibleAt);
      if (known != null && message.inFlight(now) && message.visibleAt.isAfter(known)) {
        free.put(message.group(), message.visibleAt);
      }
    }
    return free.values().stream().min(Instant::compareTo);
  }

  /**
   * A copy of a message that a server had kept comes again, as it rarely does on a standard queue,
   * even if the message is hidden or deleted.
   */
  SqsReceived receiveCopy(SqsStored message) {
    Instant now = world.now();
    if (messages.containsKey(message.id)) {
      tell(message, "a copy of it is received while it is there:");
      return take(message, now, now.plus(settings.visibility()));
    }
    tell(message, "a copy of it is received though it is gone");
    return message.received("receipt-" + message.id + "-copy", message.receives + 1);
  }

  // ---- by receipt handle

  /** Deletes; false if the handle is an old one, or the message gone, which is no error. */
  boolean delete(String handle, String rule) {
    SqsStored message = find(handle);
    if (message == null) {
      return false;
    }
    boolean latest = handle.equals(message.handle);
    if (settings.fifo() && (!latest || !message.inFlight(world.now()))) {
      tell(message, "not deleted, the receipt handle has expired: " + rule);
      throw SqsRefusal.expiredHandle(handle);
    }
    if (!latest) {
      tell(message, "not deleted, a later receive has another receipt handle: " + rule);
      return false;
    }
    remove(message, rule);
    return true;
  }

  /** Hides a message for a time from now on. */
  void changeVisibility(String handle, int seconds) {
    SqsRules.requireRange("VisibilityTimeout", seconds, 0, SqsRules.MAX_VISIBILITY);
    SqsStored message = find(handle);
    Instant now = world.now();
    if (message == null || !handle.equals(message.handle)) {
      throw settings.fifo() && message != null ? SqsRefusal.expiredHandle(handle) : gone(handle);
    }
    if (!message.inFlight(now)) {
      throw settings.fifo()
          ? SqsRefusal.expiredHandle(handle)
          : SqsRefusal.prefixed("MessageNotInflight", "The specified message isn't in flight.");
    }
    Instant until = now.plusSeconds(seconds);
    if (until.isAfter(message.receivedAt.plus(LONGEST_HIDDEN))) {
      throw SqsRefusal.invalid(
          "VisibilityTimeout",
          seconds,
          "Total VisibilityTimeout for the message is beyond the limit ["
              + SqsRules.MAX_VISIBILITY
              + " seconds]");
    }
    message.visibleAt = until;
    tell(
        message,
        "visibility changed: "
            + (seconds == 0 ? "visible at once" : "hidden until " + time(until)));
  }

  private static SqsRefusal gone(String handle) {
    return SqsRefusal.invalid(
        "ReceiptHandle",
        handle,
        "Message does not exist or is not available for visibility timeout change.");
  }

  /** The message of a handle that once was given out here; null if it is not here any more. */
  private @Nullable SqsStored find(String handle) {
    int end = handle.lastIndexOf('-');
    String prefix = "receipt-";
    if (!handle.startsWith(prefix) || end <= prefix.length()) {
      throw SqsRefusal.noHandle(handle);
    }
    String id = handle.substring(prefix.length(), end);
    if (!world.ledger.knows(id)) {
      throw SqsRefusal.noHandle(handle);
    }
    return messages.get(id);
  }

  // ---- ageing

  /** Drops what is older than the retention period. */
  void expire(Instant now) {
    if (now.isBefore(nextExpiry)) {
      return;
    }
    nextExpiry = Instant.MAX;
    for (Iterator<SqsStored> all = messages.values().iterator(); all.hasNext(); ) {
      SqsStored message = all.next();
      Instant expiry = message.sentAt.plus(settings.retention());
      if (!now.isBefore(expiry)) {
        all.remove();
        // A standard queue's message may be too old for the dead-letter queue when it gets there.
        Instant at = expiry.isBefore(message.receivedAt) ? message.receivedAt : expiry;
        world.ledger.expired(message, at, why());
      } else if (expiry.isBefore(nextExpiry)) {
        nextExpiry = expiry;
      }
    }
  }

  private String why() {
    return names.name()
        + " keeps a message for "
        + settings.retention()
        + " after its enqueue time";
  }

  /** Takes a message out, by what is no receipt handle. */
  void remove(SqsStored message, String rule) {
    messages.remove(message.id);
    world.ledger.deleted(message, world.now(), rule);
  }

  void purge() {
    Instant now = world.now();
    messages.values().forEach(m -> world.ledger.deleted(m, now, names.name() + " was purged"));
    messages.clear();
  }

  private void tell(SqsStored message, String text) {
    world.ledger.tell(message.id, world.now(), text);
  }

  private String time(Instant at) {
    return world.ledger.time(at);
  }
}
