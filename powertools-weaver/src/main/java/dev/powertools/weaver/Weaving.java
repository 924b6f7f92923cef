// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.function.Predicate;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/**
 * Weaves single class files outside a build, for tools that load classes which no build plugin has
 * seen. Thread-safe.
 */
public final class Weaving {

  private final Predicate<String> sameOutput;

  /**
   * Makes a weaver.
   *
   * @param sameOutput whether the class of a name (as in {@link Class#getName()}) is woven too, so
   *     that the entry method of a superclass counts
   */
  public Weaving(Predicate<String> sameOutput) {
    this.sameOutput = sameOutput;
  }

  /**
   * Weaves one class.
   *
   * @param className its name, as in {@link Class#getName()}
   * @param classFile its class file
   * @param loader finds the class files of its supertypes and annotations; no class is loaded
   * @return the woven class file, or {@code classFile} itself if there is nothing to weave or it is
   *     woven already
   * @throws WeavingException if an annotation cannot be applied
   */
  public byte[] weave(String className, byte[] classFile, ClassLoader loader) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(className, classFile),
            ClassFileLocator.ForClassLoader.of(loader),
            ClassFileLocator.ForClassLoader.ofPlatformLoader());
    TypeDescription type = TypePool.Default.of(locator).describe(className).resolve();
    Plan plan = Planner.plan(type, sameOutput);
    return plan.isNothing()
        ? classFile
        : new ByteBuddy().decorate(type, locator).visit(WeavingWrapper.of(plan)).make().getBytes();
  }
}
