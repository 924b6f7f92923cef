// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Splits one method in two: its declaration (parameters, annotations) goes to the wrapper, its code
 * to the body.
 */
final class BodyVisitor extends MethodVisitor {

  private final MethodVisitor wrapper;
  private final Consumer<MethodVisitor> wrapperCode;
  private final String owner;
  private final String name;
  private boolean inCode;

  BodyVisitor(
      MethodVisitor body,
      MethodVisitor wrapper,
      Consumer<MethodVisitor> wrapperCode,
      String owner,
      String name) {
    super(OpenedClassReader.ASM_API, body);
    this.wrapper = wrapper;
    this.wrapperCode = wrapperCode;
    this.owner = owner;
    this.name = name;
  }

  @Override
  public void visitParameter(@Nullable String name, int access) {
    wrapper.visitParameter(name, access);
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return wrapper.visitAnnotation(descriptor, visible);
  }

  @Override
  public @Nullable AnnotationVisitor visitTypeAnnotation(
      int typeRef, @Nullable TypePath typePath, String descriptor, boolean visible) {
    return wrapper.visitTypeAnnotation(typeRef, typePath, descriptor, visible);
  }

  @Override
  public void visitAnnotableParameterCount(int parameterCount, boolean visible) {
    wrapper.visitAnnotableParameterCount(parameterCount, visible);
  }

  @Override
  public @Nullable AnnotationVisitor visitParameterAnnotation(
      int parameter, String descriptor, boolean visible) {
    return wrapper.visitParameterAnnotation(parameter, descriptor, visible);
  }

  @Override
  public void visitAttribute(Attribute attribute) {
    (inCode ? mv : wrapper).visitAttribute(attribute);
  }

  @Override
  public void visitCode() {
    inCode = true;
    wrapper.visitAnnotation(Abi.WOVEN_GENERATED, false).visitEnd();
    wrapperCode.accept(wrapper);
    super.visitCode();
  }

  /** Kotlin's compiler marks the code of an inline function by a variable of this name. */
  @Override
  public void visitLocalVariable(
      String variable,
      String descriptor,
      @Nullable String signature,
      Label start,
      Label end,
      int index) {
    if (variable.equals("$i$f$" + name)) {
      throw new WeavingException(List.of(Problems.inline(owner, name)));
    }
    super.visitLocalVariable(variable, descriptor, signature, start, end, index);
  }
}
