// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.Propagation;
import dev.powertools.core.Timing;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Pauser;
import dev.powertools.core.internal.Sneaky;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the records of one batch on threads of their own, while the platform's thread watches the
 * clock: so a record that hangs does not keep the answer from the platform, without which all of
 * the batch would come back.
 *
 * <p><b>Strands.</b> The records of a lane are one strand, every other record is one of its own. A
 * strand is run by one hand, from its first record to its last.
 *
 * <p><b>Permits.</b> At most {@code max} records run at a time. Who pauses gives the permit back,
 * and others run meanwhile, on up to {@value #SPARE} more threads; who has paused waits for a
 * permit before it goes on, and comes before records that have not begun. Where records are of
 * several senders, the next to begin is of the one with the fewest at work ({@link FairTurns}).
 * When everybody pauses, one of them sleeps until the first is to go on: on a machine's clock that
 * is a sleep like any other, and a clock that moves only when somebody sleeps moves no further than
 * that.
 *
 * <p><b>The end.</b> Some time before the deadline nothing begins any more, pauses are broken off,
 * the threads are interrupted, and {@link #each} returns. What still runs then is nobody's business
 * here: the ledger takes nothing from it. A thread of this batch that moves the clock itself (a
 * virtual one, to the moment at which the batch has to be answered) stays where it is until it is
 * answered, as real time would have stood still for it.
 *
 * <p>Made for one batch. All of its state is guarded by the lock; records run without it.
 */
final class Crew implements Dispatch, Pauser, Runnable {

  private static final int SPARE = 16;

  private final int max;
  private final Timing timing;
  private final Executor threads;
  private final Until until;
  private final CountDownLatch answered = new CountDownLatch(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Queue<int[]> waiting = new ArrayDeque<>();
  private IntFunction<@Nullable String> keys = i -> null;
  private @Nullable FairTurns turns;
  private final PriorityQueue<Pause> pauses = new PriorityQueue<>();
  private final Set<Thread> hands = new HashSet<>();
  private final Set<Thread> begun = ConcurrentHashMap.newKeySet();
  private Runnable hand = () -> {};
  private int unfinished;
  private int hired;
  private int running;
  private int resuming;
  private boolean asleep;
  private boolean stopped;
  private @Nullable Throwable failure;

  /**
   * Makes one.
   *
   * @param max how many records run at a time
   * @param timing the clock
   * @param threads runs each task on a thread of its own, at once
   * @param until after how long the batch has to be answered; {@code null} if nobody waits
   */
  Crew(int max, Timing timing, Executor threads, @Nullable Duration until) {
    this.max = max;
    this.timing = timing;
    this.threads = threads;
    this.until = new Until(timing, until);
  }

  /** Lets go of threads that wait for the answer, when the batch has ended. */
  void answered(LiveInvocation batch) {
    batch.onEnd(outcome -> answered.countDown());
  }

  /** A pause of a record. */
  private static final class Pause implements Comparable<Pause> {
    private final long end;
    private boolean over;

    Pause(long end) {
      this.end = end;
    }

    @Override
    public int compareTo(Pause other) {
      return Long.signum(end - other.end); // differences, since nanoTime may overflow
    }
  }

  @Override
  public void each(int size, IntFunction<@Nullable String> lanes, IntConsumer run) {
    queue(Strands.of(size, lanes));
    hand = Propagation.wrap(() -> work(run));
    until.begin(this::timeIsUp);
    try {
      if (isInterruptedWatching()) {
        Thread.currentThread().interrupt();
      }
    } finally {
      until.end();
    }
    if (failure != null) {
      throw Sneaky.rethrow(failure);
    }
  }

  private void queue(Collection<int[]> strands) {
    boolean shared = false;
    for (int[] strand : strands) {
      shared |= keys.apply(strand[0]) != null;
    }
    if (shared) {
      turns = new FairTurns(keys);
      waiting = turns;
    }
    waiting.addAll(strands);
    unfinished = waiting.size();
  }

  @Override
  public void shareBy(IntFunction<@Nullable String> by) {
    keys = by;
  }

  @Override
  public void reserveMore() {
    until.bringForward();
  }

  private boolean isInterruptedWatching() {
    lock.lock();
    try {
      hire();
      while (unfinished > 0 && !stopped) {
        changed.await();
      }
      return false;
    } catch (InterruptedException e) {
      stop();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts as many threads to work as may work; the lock is held. */
  private void hire() {
    int free = max - running - resuming - hired;
    int begin =
        Math.min(Math.min(free, waiting.size() - hired), max + SPARE - hands.size() - hired);
    for (int i = 0; i < begin && !stopped; i++) {
      hired++;
      try {
        threads.execute(this);
      } catch (RuntimeException | Error e) { // no thread to be had: those that are there go on
        hired--;
        if (hands.isEmpty() && hired == 0) {
          fail(e);
        }
        return;
      }
    }
  }

  private void fail(Throwable thrown) {
    failure = failure == null ? thrown : failure;
    stop();
  }

  /** A thread that was hired begins. */
  @Override
  public void run() {
    try {
      hand.run();
    } catch (InvocationClosedException e) {
      // the batch was answered before this thread came to it, and needs it no more
    } catch (RuntimeException | Error e) {
      failUnlessBegun(e);
      throw e;
    } finally {
      begun.remove(Thread.currentThread());
    }
  }

  /** What should go along to a thread can't: then no record may run there, or wait for its turn. */
  private void failUnlessBegun(Throwable thrown) {
    lock.lock();
    try {
      if (!begun.contains(Thread.currentThread())) {
        hired--;
        fail(thrown);
      }
    } finally {
      lock.unlock();
    }
  }

  private void work(IntConsumer run) {
    lock.lock();
    try {
      hired--;
      running++;
      begun.add(Thread.currentThread());
      hands.add(Thread.currentThread());
      while (!stopped && resuming <= 0 && !waiting.isEmpty()) {
        int[] strand = waiting.remove();
        runUnlocked(strand, run);
        if (turns != null) {
          turns.ended(strand);
        }
      }
    } finally {
      hands.remove(Thread.currentThread());
      Thread.interrupted(); // it was meant for the records
      running--;
      hire();
      changed.signalAll();
      lock.unlock();
    }
  }

  private void runUnlocked(int[] strand, IntConsumer run) {
    lock.unlock();
    Throwable thrown = null;
    try {
      for (int i = 0; i < strand.length && !isStopped(); i++) {
        run.accept(strand[i]);
      }
    } catch (Throwable t) {
      thrown = t;
    }
    lock.lock();
    unfinished--;
    if (thrown != null) {
      fail(thrown);
    } else if (!stopped) {
      Thread.interrupted(); // one record's flag is not the next one's
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing begins any more, and what runs is told so; the lock is held. */
  private void stop() {
    stopped = true;
    hands.forEach(Thread::interrupt);
    changed.signalAll();
  }

  private void timeIsUp() {
    boolean onOwnThread;
    lock.lock();
    try {
      if (unfinished == 0) {
        return;
      }
      stop();
      onOwnThread = hands.contains(Thread.currentThread());
    } finally {
      lock.unlock();
    }
    if (onOwnThread) {
      awaitAnswer();
    }
  }

  private void awaitAnswer() {
    boolean interrupted = false;
    while (answered.getCount() > 0) {
      try {
        answered.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Pauser pauser() {
    return this;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    lock.lock();
    try {
      if (hands.contains(Thread.currentThread())) {
        pauseHand(duration);
        return;
      }
    } finally {
      lock.unlock();
    }
    timing.sleep(duration); // on a thread that the record has got itself, and that has no permit
  }

  private void pauseHand(Duration duration) throws InterruptedException {
    if (duration.isNegative() || duration.isZero()) {
      return;
    }
    Pause pause = new Pause(timing.nanoTime() + duration.toNanos());
    Timing.Cancellable end = timing.schedule(duration, () -> end(pause));
    pauses.add(pause);
    running--;
    hire();
    changed.signalAll();
    try {
      while (!pause.over && !stopped) {
        if (isEverybodyPausing()) {
          sleep();
        } else {
          changed.await();
        }
      }
      if (!pause.over) {
        throw new InterruptedException("the batch has to be answered");
      }
    } finally {
      end.cancel();
      pauses.remove(pause);
      changed.signalAll();
      resume();
    }
  }

  private void end(Pause pause) {
    lock.lock();
    try {
      pause.over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEverybodyPausing() {
    return !asleep && running + hired + resuming == 0;
  }

  /** Sleeps for everybody until the first pause is over; without the lock, which is held before. */
  private void sleep() throws InterruptedException {
    long end = Objects.requireNonNull(pauses.peek()).end;
    asleep = true;
    lock.unlock();
    try {
      timing.sleep(Duration.ofNanos(Math.max(1, end - timing.nanoTime())));
    } finally {
      lock.lock();
      asleep = false;
      changed.signalAll();
    }
  }

  /** Takes a permit again; once stopped there are as many as anybody wants. */
  private void resume() {
    resuming++;
    while (running + hired >= max && !stopped) {
      changed.awaitUninterruptibly();
    }
    resuming--;
    running++;
  }
}
