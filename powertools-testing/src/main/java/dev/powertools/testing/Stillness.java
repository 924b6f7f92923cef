// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Whether threads wait for something that somebody else has to do. Who waits for a lock of a thread
 * that is held is known at once; who waits for a latch or a future has to be seen at it for a
 * while, since its own helpers may be at work. Confined to one thread.
 */
final class Stillness {

  private static final int SAMPLES_OF_A_LOCK = 2;
  private static final int SAMPLES_OF_ANYTHING = 50;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private List<String> last = List.of();
  private int unchanged;

  /**
   * Looks once more; to be called about once a millisecond.
   *
   * @param watched the threads that may wait
   * @param held threads that go on only if told to
   */
  boolean seen(Set<Thread> watched, Set<Thread> held) {
    List<String> now = new ArrayList<>();
    boolean lockOfHeld = false;
    Set<Long> owners = held.stream().map(Thread::getId).collect(Collectors.toSet());
    for (ThreadInfo info : infos(watched)) {
      if (!waits(info.getThreadState())) {
        unchanged = 0;
        return false;
      }
      lockOfHeld |= owners.contains(info.getLockOwnerId());
      now.add(info.getThreadId() + " " + info.getBlockedCount() + " " + info.getWaitedCount());
    }
    unchanged = now.equals(last) ? unchanged + 1 : 0;
    last = now;
    int enough = lockOfHeld ? SAMPLES_OF_A_LOCK : SAMPLES_OF_ANYTHING;
    return !now.isEmpty() && unchanged >= enough;
  }

  private List<ThreadInfo> infos(Set<Thread> watched) {
    long[] ids = watched.stream().filter(Thread::isAlive).mapToLong(Thread::getId).toArray();
    return LongStream.of(ids)
        .mapToObj(threads::getThreadInfo)
        .filter(info -> info != null)
        .collect(Collectors.toList());
  }

  private static boolean waits(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.BLOCKED;
  }
}
