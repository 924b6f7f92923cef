// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the deliveries of one interleaving meet: one of them moves at a time, to its next point or
 * to its end. One that waits for another is left where it is, and moves when the other lets it.
 * Moved by one thread.
 */
final class Stage {

  private static final long LOOK_AGAIN_MILLIS = 1;
  private static final Duration STUCK = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Object lock = new Object();
  private final Timing timing = Timing.system();
  private final List<Actor> actors = new ArrayList<>();

  Stage(int deliveries) {
    for (int i = 0; i < deliveries; i++) {
      actors.add(new Actor(String.valueOf((char) ('A' + i)), lock));
    }
  }

  List<Actor> actors() {
    return actors;
  }

  /** Where all are, in their order. */
  List<String> places() {
    synchronized (lock) {
      return actors.stream().map(Actor::where).toList();
    }
  }

  List<Actor> whoCanGo() {
    synchronized (lock) {
      return actors.stream().filter(Actor::canGo).toList();
    }
  }

  List<Actor> whoCanDie() {
    synchronized (lock) {
      return actors.stream().filter(Actor::isHeld).toList();
    }
  }

  /** Does something to an actor, and waits until nobody moves any more. */
  void move(Runnable how) throws InterruptedException {
    synchronized (lock) {
      how.run();
      settle();
    }
  }

  private void settle() throws InterruptedException {
    Stillness stillness = new Stillness();
    long since = timing.nanoTime();
    while (actors.stream().anyMatch(Actor::isRunning)) {
      lock.wait(LOOK_AGAIN_MILLIS);
      boolean othersCanGo = actors.stream().anyMatch(Actor::canGo);
      if (othersCanGo && stillness.seen(running(), held())) {
        return;
      }
      if (timing.nanoTime() - since > STUCK.toNanos()) {
        throw new AssertionError(stuck());
      }
    }
  }

  private Set<Thread> running() {
    Set<Thread> threads = new HashSet<>();
    actors.stream().filter(Actor::isRunning).forEach(actor -> threads.addAll(actor.threads()));
    return threads;
  }

  private Set<Thread> held() {
    Set<Thread> threads = new HashSet<>();
    actors.stream()
        .filter(actor -> actor.isHeld() || actor.hasDied())
        .forEach(actor -> threads.addAll(actor.threads()));
    return threads;
  }

  private String stuck() {
    StringBuilder message = new StringBuilder("No delivery goes on any more, for " + STUCK + ":");
    for (Actor actor : actors) {
      message.append("\n  ").append(actor.name()).append(": ").append(actor.where());
      if (actor.isRunning()) {
        actor.threads().forEach(thread -> stack(message, thread));
      }
    }
    return message.toString();
  }

  private static void stack(StringBuilder message, Thread thread) {
    message.append("\n    ").append(thread.getName()).append(' ').append(thread.getState());
    for (StackTraceElement frame : thread.getStackTrace()) {
      message.append("\n      at ").append(frame);
    }
  }

  /** Ends whoever is still held. */
  void abandon() {
    synchronized (lock) {
      actors.forEach(Actor::abandon);
    }
  }

  /** Waits for the ends of closed functions, so that none reaches into what comes next. */
  void awaitEnd() throws InterruptedException {
    for (Actor actor : actors) {
      Thread loop = actor.loop();
      if (loop != null) {
        loop.join(LAST_WORDS.toMillis());
      }
    }
  }
}
