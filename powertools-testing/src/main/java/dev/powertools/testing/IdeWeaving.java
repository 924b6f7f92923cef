// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.config.Config;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;

/**
 * Weaves at load what an IDE compiled by itself, so that its green button runs what the build would
 * run. Found by JUnit as a service; nothing to configure.
 *
 * <p>It does so only where the project's build file names the weaver, and never under Maven or
 * Gradle: there it would hide a forgotten plugin behind green tests.
 */
public final class IdeWeaving implements LauncherSessionListener {

  private static final List<String> SIGNS_OF_A_BUILD =
      List.of("surefire.test.class.path", "surefire.real.class.path", "org.gradle.test.worker");

  /** For JUnit. */
  public IdeWeaving() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader == null || isBuild(Config.environment())) {
      return;
    }
    List<OutputFolder> folders = OutputFolder.on(loader);
    folders.removeIf(folder -> !folder.isWovenByItsBuild());
    if (!folders.isEmpty()) {
      install(folders);
    }
  }

  private static boolean isBuild(Config config) {
    for (String sign : SIGNS_OF_A_BUILD) {
      if (config.systemProperty(sign).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** If it fails, the check of {@link FunctionTest} finds the classes unwoven. */
  private static void install(List<OutputFolder> folders) {
    try {
      WeavingAgent.install(folders);
    } catch (IllegalStateException e) {
      LoggerFactory.getLogger(IdeWeaving.class)
          .warn("Classes are not woven at load, since this JVM lets no agent in", e);
    }
  }
}
