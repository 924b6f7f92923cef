// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/** Reads which sites a woven class file asks for, such as {@code "entry handle(String)"}. */
final class SitesOf extends ClassVisitor {

  private final List<String> sites = new ArrayList<>();
  private final List<String> initialiser = new ArrayList<>();

  private SitesOf() {
    super(OpenedClassReader.ASM_API);
  }

  static List<String> classFile(byte[] bytes) {
    SitesOf visitor = new SitesOf();
    OpenedClassReader.of(bytes).accept(visitor, 0);
    return visitor.sites;
  }

  /** The names of the methods that {@code <clinit>} calls, in order. */
  static List<String> initialiser(byte[] bytes) {
    SitesOf visitor = new SitesOf();
    OpenedClassReader.of(bytes).accept(visitor, 0);
    return visitor.initialiser;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(OpenedClassReader.ASM_API) {

      private String method = "";
      private String parameters = "";

      @Override
      public void visitLdcInsn(Object value) {
        if (value instanceof String text) {
          method = text;
        } else if (value instanceof Type type && type.getSort() == Type.METHOD) {
          parameters =
              Arrays.stream(type.getArgumentTypes())
                  .map(each -> each.getClassName().replaceAll(".*\\.", ""))
                  .collect(Collectors.joining(", "));
        }
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String factory, String type, boolean isInterface) {
        if (name.equals("<clinit>")) {
          initialiser.add(factory);
        }
        if (owner.endsWith("/Site") && !factory.equals("invoke") && !factory.equals("link")) {
          String kind = factory.equals("entry") ? "entry " : "site ";
          sites.add(kind + method + "(" + parameters + ")");
        }
      }
    };
  }
}
