// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one class file says about supertypes and annotations, read without loading the class. Names
 * are internal ones ({@code com/acme/Orders}).
 */
record ClassFile(
    int access,
    String name,
    @Nullable String superName,
    List<String> interfaces,
    List<String> annotations,
    List<Method> methods) {

  static final int PRIVATE = 0x0002;
  static final int STATIC = 0x0008;
  static final int BRIDGE = 0x0040;
  static final int ANNOTATION = 0x2000;

  /**
   * A method, with the internal names of its annotations' types.
   *
   * @param bridged the descriptor of the method that a bridge calls; empty if this is no bridge
   */
  record Method(
      int access, String name, String descriptor, String bridged, List<String> annotations) {

    boolean is(int flag) {
      return (access & flag) != 0;
    }

    /** Whether a subclass can override it, or it can itself override. */
    boolean isVirtual() {
      return (access & (PRIVATE | STATIC)) == 0;
    }
  }

  boolean is(int flag) {
    return (access & flag) != 0;
  }

  /**
   * Reads a class file.
   *
   * @throws RuntimeException if the bytes are none
   */
  static ClassFile read(byte[] bytes) {
    return new ClassFileReader(bytes).read();
  }

  /** Whether a class file has any annotations; only its constant pool is read. */
  static boolean hasAnnotations(byte[] bytes) {
    return new ClassFileReader(bytes).hasAnnotations();
  }
}
