// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.pool.TypePool;

/** Hands a class file from Byte Buddy to {@link WeavingVisitor}. */
final class WeavingWrapper extends AsmVisitorWrapper.AbstractBase {

  private final Plan plan;

  private WeavingWrapper(Plan plan) {
    this.plan = plan;
  }

  /**
   * What carries out a plan.
   *
   * @throws WeavingException if the plan has problems
   */
  static WeavingWrapper of(Plan plan) {
    if (!plan.problems().isEmpty()) {
      throw new WeavingException(plan.problems());
    }
    return new WeavingWrapper(plan);
  }

  @Override
  public ClassVisitor wrap(
      TypeDescription type,
      ClassVisitor next,
      Implementation.Context context,
      TypePool pool,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new WeavingVisitor(next, plan);
  }
}
