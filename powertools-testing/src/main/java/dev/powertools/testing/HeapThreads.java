// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.testing.HprofReader.Root;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roots of a heap dump in words. What stands on the stack of the thread that searches is the
 * test's own, and no root; nor is what stands on the stack of a thread that serves the function,
 * which waits for the next event.
 */
final class HeapThreads {

  static final HeapThreads NONE = new HeapThreads(Map.of(), Map.of(), Set.of());

  private final Map<Long, List<Root>> roots;
  private final Map<Integer, String> names;
  private final Set<Integer> own;

  private HeapThreads(Map<Long, List<Root>> roots, Map<Integer, String> names, Set<Integer> own) {
    this.roots = roots;
    this.names = names;
    this.own = own;
  }

  static HeapThreads read(
      Path file, HeapClasses classes, Map<Long, List<Root>> roots, HeapSearch.Scope scope)
      throws IOException {
    Map<Long, Integer> serials = new HashMap<>();
    roots.forEach(
        (id, ofObject) ->
            ofObject.stream()
                .filter(root -> root.kind() == Root.THREAD)
                .forEach(root -> serials.put(id, root.thread())));
    Map<Integer, String> names = new HashMap<>();
    Set<Integer> own = new HashSet<>();
    Map<Long, Thread> living = new HashMap<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> living.put(thread.getId(), thread));
    HprofReader.read(
        file,
        new HprofReader.Visitor() {
          @Override
          public void instance(long id, long classId, byte[] fields, int idSize) {
            Integer serial = serials.get(id);
            if (serial == null) {
              return;
            }
            for (HeapClasses.Slot slot : classes.layout(classId, idSize)) {
              if (slot.field().equals("tid")) {
                long tid = ByteBuffer.wrap(fields).getLong(slot.offset());
                Thread thread = living.get(tid);
                names.put(serial, thread == null ? "of id " + tid : thread.getName());
                if (thread != null && isOwn(thread, scope)) {
                  own.add(serial);
                }
              }
            }
          }
        });
    return new HeapThreads(roots, names, own);
  }

  private static boolean isOwn(Thread thread, HeapSearch.Scope scope) {
    return thread == Thread.currentThread()
        || Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> scope.isOutside(frame.getClassName()));
  }

  /** Why an object lives by itself; null if it does not. */
  @Nullable String end(long id) {
    for (Root root : roots.getOrDefault(id, List.of())) {
      boolean ofStack = root.kind() == Root.JAVA_FRAME || root.kind() == Root.JNI_LOCAL;
      if (!ofStack || !own.contains(root.thread())) {
        return inWords(root);
      }
    }
    return null;
  }

  private String inWords(Root root) {
    String thread = "\"" + names.getOrDefault(root.thread(), "?") + "\"";
    return switch (root.kind()) {
      case Root.THREAD -> "thread " + thread;
      case Root.JAVA_FRAME, Root.JNI_LOCAL -> "the stack of thread " + thread;
      case Root.STICKY_CLASS -> "class";
      default -> "the JVM (root " + root.kind() + ")";
    };
  }
}
