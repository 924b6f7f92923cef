// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.testing.HprofReader.ClassDump;
import dev.powertools.testing.HprofReader.Root;
import dev.powertools.testing.HprofReader.StaticField;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a text in the live objects of a heap dump, and for who holds it.
 *
 * <p>The text is found in arrays of bytes and characters, as Latin-1 and as UTF-16. From there the
 * search goes from holder to holder, one reading of the file for each step, until it comes to
 * something that lives by itself: a static field, a thread, the stack of a thread, the function's
 * handler. Only the holders found so far are in memory. What stands for the world outside of the
 * function, such as the harness with its records, is not searched beyond, so a chain that ends
 * there is no leak.
 *
 * <p>Confined to one thread.
 */
final class HeapSearch {

  /** How a search tells objects by their classes. */
  interface Scope {
    /** Whether an instance of the class is part of the function, and lives by itself. */
    boolean isEnd(String className);

    /** Whether an instance of the class is none of the function's. */
    boolean isOutside(String className);
  }

  /** An object on the way, what it holds, and in which field. */
  private record Holder(long id, String name, String field, @Nullable Holder held) {}

  private static final String THREAD_LOCAL_ENTRY = "java.lang.ThreadLocal$ThreadLocalMap$Entry";

  private static final int MOST_STEPS = 200;

  private final Path file;
  private final Scope scope;
  private final HeapClasses classes = new HeapClasses();
  private final Map<Long, List<Root>> roots = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private final Map<Long, String> statics = new HashMap<>();
  private final Set<Long> outside = new HashSet<>();
  private final Map<Long, String> heldOutside = new HashMap<>();
  private List<Holder> front = new ArrayList<>();
  private HeapThreads threads = HeapThreads.NONE;

  private HeapSearch(Path file, Scope scope) {
    this.file = file;
    this.scope = scope;
  }

  /** The chains of holders of a text, each in one line; empty if nothing holds it. */
  static List<String> find(Path file, byte[] latin1, Scope scope) throws IOException {
    HeapSearch search = new HeapSearch(file, scope);
    search.findText(latin1);
    return search.front.isEmpty() ? List.of() : search.chains();
  }

  private void findText(byte[] latin1) throws IOException {
    Predicate<byte[]> holdsIt = new TextMatch(latin1);
    HprofReader.read(
        file,
        new HprofReader.Visitor() {
          @Override
          public void name(long id, String text) {
            classes.name(id, text);
          }

          @Override
          public void loadedClass(long id, long nameId) {
            classes.loaded(id, nameId);
          }

          @Override
          public void classDump(ClassDump dump) {
            classes.add(dump);
          }

          @Override
          public void root(Root root) {
            roots.computeIfAbsent(root.id(), id -> new ArrayList<>()).add(root);
          }

          @Override
          public void primitiveArray(long id, byte[] content) {
            if (holdsIt.test(content) && seen.add(id)) {
              front.add(new Holder(id, "the text", "", null));
            }
          }
        });
  }

  private List<String> chains() throws IOException {
    for (ClassDump owner : classes.all()) {
      if (scope.isOutside(classes.nameOf(owner.id()))) {
        outside.add(owner.id());
      }
      for (StaticField field : owner.statics()) {
        statics.put(
            field.target(), classes.nameOf(owner.id()) + "." + classes.text(field.nameId()));
      }
    }
    threads = HeapThreads.read(file, classes, roots, scope);
    List<String> found = new ArrayList<>();
    for (int step = 0; step < MOST_STEPS && found.isEmpty() && !front.isEmpty(); step++) {
      ends(found);
      front = holders();
    }
    return found;
  }

  /** Adds the chains that are at their end. */
  private void ends(List<String> found) {
    for (Holder holder : front) {
      String owner = statics.get(holder.id());
      if (owner != null && !scope.isOutside(owner)) {
        found.add("static field " + owner + chain(holder));
      }
      String end = scope.isEnd(holder.name()) ? "the function's object" : threads.end(holder.id());
      if (end != null) {
        found.add(end + chain(holder));
      }
    }
  }

  private static String chain(@Nullable Holder first) {
    StringBuilder text = new StringBuilder();
    for (Holder holder = first; holder != null; holder = holder.held()) {
      text.append(" -> ").append(holder.name()).append(holder.field());
    }
    return text.toString();
  }

  /** Who holds the objects at the front; one reading of the dump. */
  private List<Holder> holders() throws IOException {
    Map<Long, Holder> byId = new HashMap<>();
    front.forEach(holder -> byId.put(holder.id(), holder));
    long[] wanted = front.stream().mapToLong(Holder::id).sorted().toArray();
    List<Holder> next = new ArrayList<>();
    HprofReader.read(
        file,
        new HprofReader.Visitor() {
          @Override
          public void instance(long id, long classId, byte[] fields, int idSize) {
            ByteBuffer bytes = ByteBuffer.wrap(fields);
            for (HeapClasses.Slot slot : classes.layout(classId, idSize)) {
              long target = slot.isReference() ? id(bytes, slot.offset(), idSize) : 0;
              if (target != 0 && outside.contains(classId)) {
                heldOutside.put(target, classes.nameOf(classId));
              }
              if (target != 0 && Arrays.binarySearch(wanted, target) >= 0) {
                String name = named(classId, bytes, idSize);
                add(next, id, name, "." + slot.field(), byId.get(target));
              }
            }
          }

          @Override
          public void objectArray(long id, long classId, long[] elements) {
            for (int i = 0; i < elements.length; i++) {
              if (Arrays.binarySearch(wanted, elements[i]) >= 0) {
                add(next, id, "array", "[" + i + "]", byId.get(elements[i]));
              }
            }
          }
        });
    return next;
  }

  /** The name of a class; that of the thread-local instead of an entry for it, where known. */
  private String named(long classId, ByteBuffer bytes, int idSize) {
    String className = classes.nameOf(classId);
    if (!className.equals(THREAD_LOCAL_ENTRY)) {
      return className;
    }
    long threadLocal = 0;
    for (HeapClasses.Slot slot : classes.layout(classId, idSize)) {
      if (slot.field().equals("referent")) {
        threadLocal = id(bytes, slot.offset(), idSize);
      }
    }
    String ofOthers = heldOutside.get(threadLocal);
    return ofOthers != null ? ofOthers : statics.getOrDefault(threadLocal, className);
  }

  private void add(List<Holder> next, long id, String name, String field, @Nullable Holder held) {
    if ((scope.isEnd(name) || !scope.isOutside(name)) && seen.add(id)) {
      next.add(new Holder(id, name, field, held));
    }
  }

  private static long id(ByteBuffer bytes, int offset, int idSize) {
    return idSize == 8 ? bytes.getLong(offset) : Integer.toUnsignedLong(bytes.getInt(offset));
  }
}
