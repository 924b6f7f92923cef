// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A user's project in a folder: sources, and what a build makes of them. */
final class UserProject {
  private final Path root;

  UserProject(Path root) {
    this.root = root;
  }

  /** The folder that a build compiles to. */
  Path output() {
    return root.resolve("target/classes");
  }

  /** Writes a source; its name is that of its class. */
  UserProject source(String className, String text) {
    Path file = root.resolve("src/main/java").resolve(className.replace('.', '/') + ".java");
    try {
      Files.createDirectories(file.getParent());
      Files.createDirectories(output());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Compiles all sources, as a build or an IDE does. */
  UserProject build() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(root.resolve("src/main/java"))) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options = List.of("-proc:none", "-d", output().toString());
      assertThat(
              compiler
                  .getTask(
                      null, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                  .call())
          .isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
