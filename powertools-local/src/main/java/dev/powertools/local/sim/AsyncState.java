// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.VirtualClock.Plan;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has come of an event so far. Confined to its simulator's lock. */
final class AsyncState {

  private final StreamStory story;
  private AsyncFate fate = AsyncFate.QUEUED;
  private @Nullable Plan plan;
  private @Nullable Plan duplicate;
  private @Nullable EventAnswer last;
  private @Nullable EventAnswer lastReached;
  private int invocations;
  private int failures;
  private int throttles;

  AsyncState(Instant start) {
    this.story = new StreamStory(start);
  }

  void tell(Instant at, String text) {
    story.tell(at, 0, text);
  }

  /** Decides the event's fate, once. */
  void end(Instant at, AsyncFate end, String why) {
    if (fate != AsyncFate.QUEUED) {
      throw new IllegalStateException("The event has its fate already: " + fate);
    }
    fate = end;
    tell(at, end.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + why);
  }

  void plan(@Nullable Plan next) {
    plan = next;
  }

  void planDuplicate(@Nullable Plan next) {
    duplicate = next;
  }

  void cancel() {
    due(plan).forEach(Plan::cancel);
    due(duplicate).forEach(Plan::cancel);
    plan = null;
    duplicate = null;
  }

  Stream<Instant> due() {
    return Stream.concat(due(plan), due(duplicate)).map(Plan::at);
  }

  private static Stream<Plan> due(@Nullable Plan plan) {
    return Stream.ofNullable(plan);
  }

  void answered(EventAnswer answer) {
    last = answer;
    if (!answer.reached()) {
      throttles++;
      return;
    }
    throttles = 0;
    lastReached = answer;
    invocations++;
    failures += answer.error().isPresent() ? 1 : 0;
  }

  AsyncFate fate() {
    return fate;
  }

  String story() {
    return story.text();
  }

  @Nullable EventAnswer last() {
    return last;
  }

  @Nullable EventAnswer lastReached() {
    return lastReached;
  }

  int invocations() {
    return invocations;
  }

  int failures() {
    return failures;
  }

  int throttles() {
    return throttles;
  }
}
