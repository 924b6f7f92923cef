// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the generated code of one class; {@link WeavingVisitor} shows it as source. There are no
 * branches in it, so no stack map frames either, and no line numbers, so that debuggers step
 * through to the user's code.
 */
final class Generator {

  static final int STACK_TO_MAKE_A_SITE = 4;

  private static final Type OBJECT = Type.getType(Object.class);

  private final String owner;
  private final boolean isInterface;
  private final List<WovenMethod> methods;

  Generator(String owner, boolean isInterface, List<WovenMethod> methods) {
    this.owner = owner;
    this.isInterface = isInterface;
    this.methods = methods;
  }

  /** {@code return (Receipt) charge$site.invoke(this, new Object[] {order})}. */
  void wrapper(MethodVisitor code, WovenMethod method) {
    code.visitCode();
    code.visitFieldInsn(Opcodes.GETSTATIC, owner, method.field(), Abi.SITE_DESCRIPTOR);
    int firstArgument = pushTarget(code, method);
    Type[] parameters = method.parameters();
    push(code, parameters.length);
    code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT.getInternalName());
    int local = firstArgument;
    for (int i = 0; i < parameters.length; i++) {
      code.visitInsn(Opcodes.DUP);
      push(code, i);
      code.visitVarInsn(parameters[i].getOpcode(Opcodes.ILOAD), local);
      Boxing.box(code, parameters[i]);
      code.visitInsn(Opcodes.AASTORE);
      local += parameters[i].getSize();
    }
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Abi.SITE, "invoke", Abi.CALL, false);
    returnUnboxed(code, method.result());
    code.visitMaxs(7, local);
    code.visitEnd();
  }

  private static int pushTarget(MethodVisitor code, WovenMethod method) {
    if (method.isStatic()) {
      code.visitInsn(Opcodes.ACONST_NULL);
      return 0;
    }
    code.visitVarInsn(Opcodes.ALOAD, 0);
    return 1;
  }

  private static void returnUnboxed(MethodVisitor code, Type result) {
    if (result.getSort() == Type.VOID) {
      code.visitInsn(Opcodes.POP);
    } else {
      Boxing.unbox(code, result);
    }
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  /** {@code return ((Orders) target).charge$body((Order) arguments[0])}. */
  void accessor(MethodVisitor code, WovenMethod method) {
    code.visitAnnotation(Abi.WOVEN_GENERATED, false).visitEnd();
    code.visitCode();
    if (!method.isStatic()) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitTypeInsn(Opcodes.CHECKCAST, owner);
    }
    int stack = method.isStatic() ? 0 : 1;
    Type[] parameters = method.parameters();
    for (int i = 0; i < parameters.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 1);
      push(code, i);
      code.visitInsn(Opcodes.AALOAD);
      Boxing.unbox(code, parameters[i]);
      stack += parameters[i].getSize();
    }
    int call = method.isStatic() ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
    code.visitMethodInsn(call, owner, method.body(), method.descriptor(), isInterface);
    returnBoxed(code, method.result());
    code.visitMaxs(stack + 2, 2);
    code.visitEnd();
  }

  private static void returnBoxed(MethodVisitor code, Type result) {
    if (result.getSort() == Type.VOID) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      Boxing.box(code, result);
    }
    code.visitInsn(Opcodes.ARETURN);
  }

  /** A whole {@code <clinit>} for a class that has none. */
  void initializer(MethodVisitor code) {
    code.visitCode();
    makeSites(code);
    linkSites(code);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(STACK_TO_MAKE_A_SITE, 0);
    code.visitEnd();
  }

  /** {@code charge$site = Site.of(Orders.class, "charge", (Order)Receipt, Orders::charge$call)}. */
  void makeSites(MethodVisitor code) {
    Type call = Type.getMethodType(Abi.CALL);
    for (WovenMethod method : methods) {
      Handle accessor =
          new Handle(Opcodes.H_INVOKESTATIC, owner, method.accessor(), Abi.CALL, isInterface);
      code.visitLdcInsn(Type.getObjectType(owner));
      code.visitLdcInsn(method.name());
      code.visitLdcInsn(Type.getMethodType(method.descriptor()));
      code.visitInvokeDynamicInsn(
          "call", Abi.BODY_FACTORY, Abi.LAMBDA_METAFACTORY, call, accessor, call);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, Abi.SITE, method.factory(), Abi.SITE_FACTORY, false);
      code.visitFieldInsn(Opcodes.PUTSTATIC, owner, method.field(), Abi.SITE_DESCRIPTOR);
    }
  }

  /** {@code charge$site.link()}. */
  void linkSites(MethodVisitor code) {
    for (WovenMethod method : methods) {
      code.visitFieldInsn(Opcodes.GETSTATIC, owner, method.field(), Abi.SITE_DESCRIPTOR);
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Abi.SITE, "link", "()V", false);
    }
  }

  private static void push(MethodVisitor code, int value) {
    if (value <= 5) {
      code.visitInsn(Opcodes.ICONST_0 + value);
    } else {
      code.visitIntInsn(value <= Byte.MAX_VALUE ? Opcodes.BIPUSH : Opcodes.SIPUSH, value);
    }
  }
}
