// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The declarations at which the calls of base classes arrive. For each method of a base class it is
 * the nearest one that overrides it; one further up is reached through {@code super} only.
 * Immutable.
 */
final class ClassFileOverrides {

  static final ClassFileOverrides NONE = new ClassFileOverrides();

  private final Set<String> called = new HashSet<>();

  private ClassFileOverrides() {}

  /**
   * Finds them.
   *
   * @param line a class and its superclasses, nearest first
   * @param bases the base classes among them
   */
  static ClassFileOverrides of(List<ClassFile> line, List<ClassFile> bases) {
    ClassFileOverrides overrides = new ClassFileOverrides();
    for (ClassFile base : bases) {
      List<ClassFile> below = below(base, line);
      for (ClassFile.Method method : base.methods()) {
        if (method.isVirtual()) {
          overrides.addNearest(below, method.name(), descriptors(below, method));
        }
      }
    }
    return overrides;
  }

  /** Compares no records: the first comparison of one costs a starting function 35 ms. */
  @SuppressWarnings("ReferenceEquality")
  private static List<ClassFile> below(ClassFile base, List<ClassFile> line) {
    int depth = 0;
    while (line.get(depth) != base) {
      depth++;
    }
    return line.subList(0, depth);
  }

  boolean isCalled(ClassFile type, ClassFile.Method method) {
    return called.contains(key(type, method));
  }

  private static String key(ClassFile type, ClassFile.Method method) {
    return type.name() + "." + method.name() + method.descriptor();
  }

  /** A method's descriptor and those to which bridges lead from it, base first. */
  private static Set<String> descriptors(List<ClassFile> below, ClassFile.Method method) {
    Set<String> descriptors = new HashSet<>();
    descriptors.add(method.descriptor());
    for (int i = below.size() - 1; i >= 0; i--) {
      for (ClassFile.Method each : below.get(i).methods()) {
        if (!each.bridged().isEmpty()
            && each.name().equals(method.name())
            && descriptors.contains(each.descriptor())) {
          descriptors.add(each.bridged());
        }
      }
    }
    return descriptors;
  }

  private void addNearest(List<ClassFile> below, String name, Set<String> descriptors) {
    for (ClassFile type : below) {
      for (ClassFile.Method each : type.methods()) {
        if (each.isVirtual()
            && !each.is(ClassFile.BRIDGE)
            && each.name().equals(name)
            && descriptors.contains(each.descriptor())) {
          called.add(key(type, each));
          return;
        }
      }
    }
  }
}
