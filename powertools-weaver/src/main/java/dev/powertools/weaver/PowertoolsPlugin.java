// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;

/**
 * Weaves a project's classes in its build: the ordinary Byte Buddy plugin of Maven or Gradle finds
 * this class by itself once {@code powertools-weaver} is on that plugin's class path. Class files
 * of Java 8 and later from any compiler are woven; one that is woven already is left as it is.
 *
 * <p>An annotation that cannot be applied fails the build with a {@link WeavingException}, all
 * problems of a class at once. Thread-safe, as parallel builds of Byte Buddy require.
 */
public final class PowertoolsPlugin implements Plugin.WithPreprocessor {

  private final BuildLogger logger;
  private final Set<String> sameOutput = ConcurrentHashMap.newKeySet();

  /** A plugin that reports problems by its exceptions alone. */
  public PowertoolsPlugin() {
    this(BuildLogger.NoOp.INSTANCE);
  }

  /**
   * A plugin that also writes problems to the build's log.
   *
   * @param logger the build's
   */
  @Plugin.Factory.UsingReflection.Priority(1)
  public PowertoolsPlugin(BuildLogger logger) {
    this.logger = logger;
  }

  @Override
  public void onPreprocess(TypeDescription type, ClassFileLocator locator) {
    sameOutput.add(type.getName());
  }

  @Override
  public boolean matches(TypeDescription type) {
    return !plan(type).isNothing();
  }

  @Override
  public DynamicType.Builder<?> apply(
      DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
    Plan plan = plan(type);
    plan.problems().forEach(logger::error);
    return builder.visit(WeavingWrapper.of(plan));
  }

  private Plan plan(TypeDescription type) {
    return Planner.plan(type, sameOutput::contains);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
