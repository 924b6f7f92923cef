// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Changes class files of the project before a local run loads them; found as a service. What a
 * build does after compilation, weaving above all, has to be done here to classes that an IDE or
 * the local run compiled.
 *
 * <p>Thread-safe.
 */
public interface ClassTransformer {

  /**
   * Transforms one class.
   *
   * @param folder the output folder that the class belongs to
   * @param className its name, as in {@link Class#getName()}
   * @param classFile its class file
   * @param loader finds other class files of the project as resources; no class is loaded
   * @return the class file to load, {@code classFile} itself if there is nothing to do
   * @throws RuntimeException if the class can't be used as it is, saying what to do
   */
  byte[] transform(Path folder, String className, byte[] classFile, ClassLoader loader);

  /** The one on the class path, or one that does nothing. */
  static ClassTransformer find() {
    return ServiceLoader.load(ClassTransformer.class, ClassTransformer.class.getClassLoader())
        .findFirst()
        .orElse((folder, className, classFile, loader) -> classFile);
  }
}
