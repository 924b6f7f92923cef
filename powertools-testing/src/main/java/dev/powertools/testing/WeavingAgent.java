// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.weaver.Weaving;
import java.lang.instrument.ClassFileTransformer;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Weaves classes of a project's output folders while they are loaded. Thread-safe. */
final class WeavingAgent implements ClassFileTransformer {

  private final List<OutputFolder> folders;

  private WeavingAgent(List<OutputFolder> folders) {
    this.folders = List.copyOf(folders);
  }

  static void install(List<OutputFolder> folders) {
    ByteBuddyAgent.install().addTransformer(new WeavingAgent(folders));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    OutputFolder folder = redefined == null && name != null ? folderOf(domain) : null;
    return folder == null || loader == null || name == null
        ? null
        : weave(folder, name.replace('/', '.'), classFile, loader);
  }

  private @Nullable OutputFolder folderOf(@Nullable ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    String location = source == null ? "" : String.valueOf(source.getLocation());
    for (OutputFolder folder : folders) {
      if (folder.url().equals(location)) {
        return folder;
      }
    }
    return null;
  }

  /** The JVM swallows what a transformer throws, so it is logged; the class stays unwoven. */
  private static byte @Nullable [] weave(
      OutputFolder folder, String name, byte[] classFile, ClassLoader loader) {
    try {
      byte[] woven = new Weaving(folder::contains).weave(name, classFile, loader);
      return woven == classFile ? null : woven;
    } catch (RuntimeException | LinkageError e) {
      LoggerFactory.getLogger(IdeWeaving.class).error("{} is not woven", name, e);
      return null;
    }
  }
}
