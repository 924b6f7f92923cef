// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.run.ClassTransformer;
import dev.powertools.weaver.Weaving;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weaves what a local run loads: classes that it compiled itself, or that an IDE did. As with
 * {@link IdeWeaving}, only where the project's build file names the weaver; elsewhere an annotated
 * class doesn't load, and the error says what to add to the build. Found as a service; nothing to
 * configure.
 */
public final class LoadWeaving implements ClassTransformer {
  private final Map<Path, OutputFolder> folders = new ConcurrentHashMap<>();
  private final Map<Path, Boolean> wovenByBuild = new ConcurrentHashMap<>();

  /** For the service loader. */
  public LoadWeaving() {}

  @Override
  public byte[] transform(Path folder, String className, byte[] classFile, ClassLoader loader) {
    OutputFolder output =
        folders.computeIfAbsent(folder, path -> new OutputFolder(path, path.toUri().toString()));
    boolean woven = wovenByBuild.computeIfAbsent(folder, path -> output.isWovenByItsBuild());
    return woven ? new Weaving(output::contains).weave(className, classFile, loader) : classFile;
  }
}
