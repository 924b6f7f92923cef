// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Java sources that a project's output folders are compiled from, where the conventions of
 * Maven or Gradle say. Confined to one thread at a time.
 */
final class ProjectSources {
  private final Map<Path, Path> outputs;
  private final SourceCompiler compiler = new SourceCompiler();
  private Map<Path, String> seen;

  private ProjectSources(Map<Path, Path> outputs) {
    this.outputs = outputs;
    this.seen = stamps();
  }

  static ProjectSources of(List<Path> folders) {
    Map<Path, Path> outputs = new LinkedHashMap<>();
    for (Path folder : folders) {
      Path root = rootOf(folder);
      if (root != null && Files.isDirectory(root)) {
        outputs.put(root, folder);
      }
    }
    return new ProjectSources(outputs);
  }

  /**
   * Compiles the source folders in which something changed since the last call, whole, since other
   * files may use what changed.
   *
   * @return the classes by name; none if nothing changed or it doesn't compile, which is told
   */
  Map<String, ClassFiles.InMemory> compileChanged(ClassFiles classFiles, Wire wire) {
    Map<Path, String> now = stamps();
    if (now.equals(seen)) {
      return Map.of();
    }
    Map<Path, String> before = seen;
    seen = now;
    Map<String, ClassFiles.InMemory> compiled = new HashMap<>();
    outputs.forEach(
        (root, output) -> {
          List<Path> changed = changed(root, before, now);
          if (!changed.isEmpty() && !isCompiled(changed, root, classFiles)) {
            List<Path> all = now.keySet().stream().filter(file -> file.startsWith(root)).toList();
            compiled.putAll(compiler.compile(all, output, classFiles, wire));
          }
        });
    return compiled;
  }

  /** Compiles what is there for nobody; changes nothing, and may run beside everything else. */
  void warmUp() {
    Map<Path, String> now = stamps();
    outputs.forEach(
        (root, output) ->
            SourceCompiler.warmUp(
                now.keySet().stream().filter(file -> file.startsWith(root)).toList(), output));
  }

  private static List<Path> changed(Path root, Map<Path, String> before, Map<Path, String> now) {
    List<Path> changed = new ArrayList<>();
    now.forEach(
        (file, stamp) -> {
          if (file.startsWith(root) && !stamp.equals(before.get(file))) {
            changed.add(file);
          }
        });
    return changed;
  }

  /** Whether a build or an IDE was faster: each changed source has a class file that is newer. */
  private static boolean isCompiled(List<Path> changed, Path root, ClassFiles classFiles) {
    for (Path source : changed) {
      String name = root.relativize(source).toString();
      String className =
          name.substring(0, name.length() - ".java".length()).replace('/', '.').replace('\\', '.');
      ClassFiles.OnDisk file = classFiles.onDisk().get(className);
      if (file == null || modified(file.file()) < modified(source)) {
        return false;
      }
    }
    return true;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static @Nullable Path rootOf(Path folder) {
    Path project = folder.getParent();
    String path = folder.toString().replace('\\', '/');
    if (path.endsWith("/target/classes") && project != null) {
      return project.resolveSibling("src/main/java");
    }
    if (path.endsWith("/target/test-classes") && project != null) {
      return project.resolveSibling("src/test/java");
    }
    int gradle = path.lastIndexOf("/build/classes/java/");
    return gradle < 0
        ? null
        : Path.of(path.substring(0, gradle), "src", folder.getFileName().toString(), "java");
  }

  private Map<Path, String> stamps() {
    Map<Path, String> stamps = new HashMap<>();
    for (Path root : outputs.keySet()) {
      try {
        Files.walkFileTree(root, new Stamper(stamps));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return stamps;
  }

  /** Collects what changes when a source does. */
  private static final class Stamper extends SimpleFileVisitor<Path> {
    private final Map<Path, String> stamps;

    Stamper(Map<Path, String> stamps) {
      this.stamps = stamps;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.toString();
      if (name.endsWith(".java") && !name.endsWith("-info.java")) {
        stamps.put(file, attributes.lastModifiedTime() + "/" + attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE; // an editor replaces files while we look
    }
  }
}
