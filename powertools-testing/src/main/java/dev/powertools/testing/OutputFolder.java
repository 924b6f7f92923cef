// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A folder of class files on the class path, which the project itself compiled; what comes in jars
 * was built by somebody else.
 *
 * @param path where it is
 * @param url as class loaders name it
 */
record OutputFolder(Path path, String url) {

  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts");
  private static final int FARTHEST_BUILD_FILE = 6;

  /** The folders on the class path of a loader. */
  static List<OutputFolder> on(ClassLoader loader) {
    List<OutputFolder> folders = new ArrayList<>();
    try {
      for (URL root : Collections.list(loader.getResources(""))) {
        if (root.getProtocol().equals("file") && Files.isDirectory(Path.of(uri(root)))) {
          folders.add(new OutputFolder(Path.of(uri(root)), root.toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders;
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path has a malformed entry: " + url, e);
    }
  }

  /** Whether it has a class. */
  boolean contains(String className) {
    return Files.exists(path.resolve(className.replace('.', '/') + ".class"));
  }

  /**
   * Whether the build that the folder belongs to weaves it: one of the build files above names the
   * weaver, and for test classes also the goal for them.
   */
  boolean isWovenByItsBuild() {
    String goal = path.toString().contains("test") ? "transform-test" : "";
    Path folder = path.getParent();
    for (int up = 0; up < FARTHEST_BUILD_FILE && folder != null; up++) {
      for (String name : BUILD_FILES) {
        String text = read(folder.resolve(name));
        if (text.contains("powertools-weaver") && text.contains(goal)) {
          return true;
        }
      }
      folder = folder.getParent();
    }
    return false;
  }

  /** The nearest folder above that has a build file. */
  Optional<Path> project() {
    Path folder = path.getParent();
    for (int up = 0; up < FARTHEST_BUILD_FILE && folder != null; up++) {
      Path here = folder;
      if (BUILD_FILES.stream().anyMatch(name -> Files.isRegularFile(here.resolve(name)))) {
        return Optional.of(here);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return ""; // not readable as text, so not a build file that could be understood
    }
  }
}
