// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published modules and their classes. The root POM is the only list of them: what it names
 * {@code powertools-…} is published, and every rule applies to it.
 */
final class PublishedModules {

  private static final Pattern MODULE = Pattern.compile("<module>(powertools-[\\w-]+)</module>");

  private final JavaClasses classes;
  private final Map<String, String> moduleOfClass = new HashMap<>();

  private PublishedModules(List<String> modules) {
    List<Path> folders = new ArrayList<>();
    for (String module : modules) {
      Path folder = classesOf(module);
      folders.add(folder);
      new ClassFileImporter()
          .importPath(folder)
          .forEach(each -> moduleOfClass.put(each.getName(), module));
    }
    this.classes = new ClassFileImporter().importPaths(folders);
  }

  static PublishedModules load() {
    return new PublishedModules(names());
  }

  /** The modules with code; a bill of materials has none. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    Matcher modules = MODULE.matcher(read(Path.of("../pom.xml")));
    while (modules.find()) {
      if (Files.isDirectory(Path.of("..", modules.group(1), "src", "main"))) {
        names.add(modules.group(1));
      }
    }
    return names;
  }

  private static Path classesOf(String module) {
    Path folder = Path.of("..", module, "target", "classes");
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          folder + " is missing: add " + module + " to the dependencies of checks/pom.xml");
    }
    return folder;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JavaClasses classes() {
    return classes;
  }

  /** The module whose class file it is; empty for libraries and the JDK. */
  Optional<String> moduleOf(JavaClass type) {
    return Optional.ofNullable(moduleOfClass.get(type.getBaseComponentType().getName()));
  }
}
