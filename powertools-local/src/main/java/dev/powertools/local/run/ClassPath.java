// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.config.Config;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Where this JVM's classes come from: its jars, and the folders that a project compiles to. */
final class ClassPath {
  private ClassPath() {}

  /**
   * The entries that exist. Maven runs a main class in a class loader of its own, whose entries
   * count then; an IDE may put a long class path into the manifest of one jar, which is unfolded.
   */
  static List<Path> own() {
    List<Path> entries = new ArrayList<>();
    if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        addIfThere(entries, url);
      }
    } else {
      String path = Config.environment().systemProperty("java.class.path").orElse("");
      for (String entry : path.split(File.pathSeparator, -1)) {
        if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
          entries.add(Path.of(entry).toAbsolutePath().normalize());
        }
      }
    }
    return entries.size() == 1 ? unfolded(entries.get(0)) : entries;
  }

  /** The folders among the entries. */
  static List<Path> folders() {
    return own().stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> unfolded(Path entry) {
    if (Files.isDirectory(entry)) {
      return List.of(entry);
    }
    List<Path> entries = new ArrayList<>(List.of(entry));
    try (JarFile jar = new JarFile(entry.toFile())) {
      Manifest manifest = jar.getManifest();
      String path =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      for (String each : path == null ? new String[0] : path.strip().split("\\s+", -1)) {
        URI uri = entry.toUri().resolve(each);
        addIfThere(entries, uri.toURL());
      }
      return entries;
    } catch (IOException e) {
      throw new PowertoolsException("Can't read " + entry + " of the class path", e);
    }
  }

  private static void addIfThere(List<Path> entries, URL url) {
    try {
      if (url.getProtocol().equals("file") && Files.exists(Path.of(url.toURI()))) {
        entries.add(Path.of(url.toURI()));
      }
    } catch (URISyntaxException e) {
      throw new PowertoolsException("The class path has a malformed entry: " + url, e);
    }
  }
}
