// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.Arrays;
import java.util.Optional;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Weaves one class file. For a method {@code charge} it writes
 *
 * <pre>{@code
 * private static final Site charge$site;              // synthetic, made at the head of <clinit>
 *
 * static {
 *   charge$site = Site.of(Orders.class, "charge", (Order)Receipt, Orders::charge$call);
 *   …                                                 // what the user wrote
 *   charge$site.link();
 * }
 *
 * @WovenGenerated                                     // and all that the user put on it
 * public Receipt charge(Order order) {
 *   return (Receipt) charge$site.invoke(this, new Object[] {order});
 * }
 *
 * private Receipt charge$body(Order order) { … }      // what the user wrote
 *
 * private static Object charge$call(Object target, Object[] arguments) {
 *   return ((Orders) target).charge$body((Order) arguments[0]);
 * }
 * }</pre>
 *
 * <p>The site is made at the head because initialisers may call woven methods, and linked at the
 * tail because factories must see an initialised class. The body is a method of its own, so it can
 * be run never, twice, or on another thread.
 */
final class WeavingVisitor extends ClassVisitor {

  private final Plan plan;
  private String owner = "";
  private boolean isInterface;
  private boolean initializerSeen;

  WeavingVisitor(ClassVisitor next, Plan plan) {
    super(OpenedClassReader.ASM_API, next);
    this.plan = plan;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    owner = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    String[] own = interfaces == null ? new String[0] : interfaces;
    String[] marked = Arrays.copyOf(own, own.length + 1);
    marked[own.length] = Abi.WOVEN;
    String markedSignature = signature == null ? null : signature + Abi.WOVEN_DESCRIPTOR;
    super.visit(version, access, name, markedSignature, superName, marked);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if (name.equals("<clinit>")) {
      initializerSeen = true;
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return plan.methods().isEmpty() ? next : new InitializerVisitor(next, generator());
    }
    Optional<WovenMethod> woven = find(name, descriptor);
    return woven.isEmpty()
        ? super.visitMethod(access, name, descriptor, signature, exceptions)
        : split(woven.get(), access, signature, exceptions);
  }

  private MethodVisitor split(
      WovenMethod method, int access, @Nullable String signature, String @Nullable [] exceptions) {
    MethodVisitor wrapper =
        super.visitMethod(
            WovenMethod.wrapperAccess(access),
            method.name(),
            method.descriptor(),
            signature,
            exceptions);
    MethodVisitor body =
        super.visitMethod(
            WovenMethod.bodyAccess(access), method.body(), method.descriptor(), null, exceptions);
    return new BodyVisitor(
        body,
        wrapper,
        code -> generator().wrapper(code, method),
        owner.replace('/', '.'),
        method.name());
  }

  @Override
  public void visitEnd() {
    for (WovenMethod method : plan.methods()) {
      visitSite(method);
      generator().accessor(visitSynthetic(method.accessor(), Abi.CALL), method);
    }
    if (!initializerSeen && !plan.methods().isEmpty()) {
      generator().initializer(visitSynthetic("<clinit>", "()V"));
    }
    super.visitEnd();
  }

  private void visitSite(WovenMethod method) {
    int visibility = isInterface ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PRIVATE;
    int access = visibility | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
    super.visitField(access, method.field(), Abi.SITE_DESCRIPTOR, null, null).visitEnd();
  }

  private MethodVisitor visitSynthetic(String name, String descriptor) {
    int visibility = name.equals("<clinit>") ? 0 : Opcodes.ACC_PRIVATE;
    int access = visibility | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    return super.visitMethod(access, name, descriptor, null, null);
  }

  private Generator generator() {
    return new Generator(owner, isInterface, plan.methods());
  }

  private Optional<WovenMethod> find(String name, String descriptor) {
    return plan.methods().stream().filter(method -> method.is(name, descriptor)).findFirst();
  }
}
