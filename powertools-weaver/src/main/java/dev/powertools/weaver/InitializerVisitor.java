// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/** Makes the sites before the class's own initialisers and links them after each way out. */
final class InitializerVisitor extends MethodVisitor {

  private final Generator generator;

  InitializerVisitor(MethodVisitor next, Generator generator) {
    super(OpenedClassReader.ASM_API, next);
    this.generator = generator;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    generator.makeSites(mv);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.RETURN) {
      generator.linkSites(mv);
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    // A return may leave values on the stack, so linking comes on top of what there is.
    super.visitMaxs(Math.max(maxStack + 1, Generator.STACK_TO_MAKE_A_SITE), maxLocals);
  }
}
