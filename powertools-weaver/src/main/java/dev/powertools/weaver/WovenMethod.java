// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * One method that is to be woven, with the names of what is generated for it.
 *
 * @param name the method's name
 * @param descriptor the method's descriptor
 * @param isStatic whether it has no receiver
 * @param entry whether the platform's call arrives here
 * @param suffix keeps the generated names of overloads apart; empty for the first
 */
record WovenMethod(String name, String descriptor, boolean isStatic, boolean entry, String suffix) {

  private static final int OF_THE_BODY =
      Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STRICT;

  static WovenMethod of(MethodDescription method, boolean entry, int overloadsBefore) {
    return new WovenMethod(
        method.getInternalName(),
        method.getDescriptor(),
        method.isStatic(),
        entry,
        overloadsBefore == 0 ? "" : String.valueOf(overloadsBefore + 1));
  }

  boolean is(String otherName, String otherDescriptor) {
    return name.equals(otherName) && descriptor.equals(otherDescriptor);
  }

  /** The method that holds what the user wrote; seen in stack traces. */
  String body() {
    return name + "$body";
  }

  /** The static method that unpacks the arguments and calls the body. */
  String accessor() {
    return name + "$call" + suffix;
  }

  /** The static field that holds the site. */
  String field() {
    return name + "$site" + suffix;
  }

  /** {@code Site.of} or {@code Site.entry}. */
  String factory() {
    return entry ? "entry" : "of";
  }

  Type[] parameters() {
    return Type.getArgumentTypes(descriptor);
  }

  Type result() {
    return Type.getReturnType(descriptor);
  }

  /**
   * The body keeps the lock and what the virtual machine must know. It is not synthetic, or
   * coverage tools would leave it out.
   */
  static int bodyAccess(int access) {
    return (access & OF_THE_BODY) | Opcodes.ACC_PRIVATE;
  }

  /** The wrapper keeps all but the lock, which belongs to the body alone. */
  static int wrapperAccess(int access) {
    return access & ~Opcodes.ACC_SYNCHRONIZED;
  }
}
