// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class files of a project's output folders at one moment, and those that were compiled in
 * memory since, which come first. Immutable.
 */
final class ClassFiles {
  private static final String SUFFIX = ".class";

  /**
   * One class file.
   *
   * @param folder the output folder that it belongs to
   * @param file where it is
   * @param stamp what changes when it does
   */
  record OnDisk(Path folder, Path file, String stamp) {}

  /** One class compiled in memory, with the output folder that it would belong to. */
  static final class InMemory {
    private final Path folder;
    private final byte[] classFile;

    InMemory(Path folder, byte[] classFile) {
      this.folder = folder;
      this.classFile = classFile;
    }

    Path folder() {
      return folder;
    }

    byte[] classFile() {
      return classFile;
    }
  }

  private final Map<String, OnDisk> onDisk;
  private final Map<String, InMemory> inMemory;

  private ClassFiles(Map<String, OnDisk> onDisk, Map<String, InMemory> inMemory) {
    this.onDisk = onDisk;
    this.inMemory = inMemory;
  }

  /** What is in the folders now; of a class in two of them, the first folder's counts. */
  static ClassFiles in(List<Path> folders) {
    Map<String, OnDisk> found = new HashMap<>();
    for (Path folder : folders) {
      collect(folder, found);
    }
    return new ClassFiles(found, Map.of());
  }

  /** The same with other classes in memory. */
  ClassFiles with(Map<String, InMemory> compiled) {
    return new ClassFiles(onDisk, Map.copyOf(compiled));
  }

  Map<String, OnDisk> onDisk() {
    return onDisk;
  }

  Map<String, InMemory> inMemory() {
    return inMemory;
  }

  /** The output folder of a class; null if the class isn't the project's. */
  @Nullable Path folderOf(String className) {
    InMemory compiled = inMemory.get(className);
    if (compiled != null) {
      return compiled.folder();
    }
    OnDisk file = onDisk.get(className);
    return file == null ? null : file.folder();
  }

  /** A class's file; null if the class isn't the project's. */
  byte @Nullable [] read(String className) {
    InMemory compiled = inMemory.get(className);
    OnDisk file = onDisk.get(className);
    if (compiled != null || file == null) {
      return compiled == null ? null : compiled.classFile();
    }
    try {
      return Files.readAllBytes(file.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(Path folder, Map<String, OnDisk> found) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = folder.relativize(file).toString();
              if (name.endsWith(SUFFIX)) {
                String className =
                    name.substring(0, name.length() - SUFFIX.length())
                        .replace('/', '.')
                        .replace('\\', '.');
                String stamp = attributes.lastModifiedTime() + "/" + attributes.size();
                found.putIfAbsent(className, new OnDisk(folder, file, stamp));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE; // deleted by a build while we look
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
