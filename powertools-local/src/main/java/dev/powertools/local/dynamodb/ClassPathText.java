// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.dynamodb;

import dev.powertools.core.config.Config;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.StringJoiner;

/** A class loader's class path as a process takes it. */
final class ClassPathText {
  private ClassPathText() {}

  static String of(ClassLoader loader) {
    if (!(loader instanceof URLClassLoader urls)) {
      return Config.environment().systemProperty("java.class.path").orElse("");
    }
    StringJoiner path = new StringJoiner(File.pathSeparator);
    for (URL url : urls.getURLs()) {
      if (url.getProtocol().equals("file")) {
        path.add(Path.of(url.getPath()).toString());
      }
    }
    return path.toString();
  }
}
