// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.testing.HprofReader.ClassDump;
import dev.powertools.testing.HprofReader.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of a heap dump: their names, and where their instances hold references. */
final class HeapClasses {

  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, Long> nameIds = new HashMap<>();
  private final Map<Long, ClassDump> dumps = new HashMap<>();
  private final Map<Long, List<Slot>> layouts = new HashMap<>();

  /** A reference in an instance: its place among the bytes, and the field's name. */
  record Slot(int offset, int type, String field) {
    boolean isReference() {
      return type == HprofReader.OBJECT;
    }
  }

  void name(long id, String text) {
    names.put(id, text);
  }

  void loaded(long id, long nameId) {
    nameIds.put(id, nameId);
  }

  void add(ClassDump dump) {
    dumps.put(dump.id(), dump);
  }

  Collection<ClassDump> all() {
    return dumps.values();
  }

  String nameOf(long classId) {
    Long nameId = nameIds.get(classId);
    return nameId == null ? "?" : text(nameId).replace('/', '.');
  }

  String text(long nameId) {
    return names.getOrDefault(nameId, "?");
  }

  /** The fields of a class's instances, its own first, as the dump has them. */
  List<Slot> layout(long classId, int idSize) {
    List<Slot> known = layouts.get(classId);
    if (known == null) {
      known = read(classId, idSize);
      layouts.put(classId, known);
    }
    return known;
  }

  private List<Slot> read(long classId, int idSize) {
    List<Slot> slots = new ArrayList<>();
    int offset = 0;
    for (ClassDump dump = dumps.get(classId); dump != null; dump = parent(dump)) {
      for (Field field : dump.fields()) {
        slots.add(new Slot(offset, field.type(), text(field.nameId())));
        offset += HprofReader.size(field.type(), idSize);
      }
    }
    return slots;
  }

  private @Nullable ClassDump parent(ClassDump dump) {
    return dumps.get(dump.superId());
  }
}
