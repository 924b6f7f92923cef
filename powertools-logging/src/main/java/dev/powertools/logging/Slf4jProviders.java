// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the SLF4J providers on the class path by their service files, without loading them. */
final class Slf4jProviders {

  private static final String SERVICE = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
  private static final String LOGBACK = "ch.qos.logback.";

  private Slf4jProviders() {}

  /** The class names of those that are not Logback's. */
  static Set<String> foreign(ClassLoader loader) {
    Set<String> names = new LinkedHashSet<>(0);
    try {
      Enumeration<URL> files = loader.getResources(SERVICE);
      while (files.hasMoreElements()) {
        read(files.nextElement(), names);
      }
    } catch (IOException e) {
      return names; // nothing depends on it
    }
    return names;
  }

  private static void read(URL file, Set<String> names) throws IOException {
    URLConnection connection = file.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comment = line.indexOf('#');
        String name = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!name.isEmpty() && !name.startsWith(LOGBACK)) {
          names.add(name);
        }
      }
    }
  }
}
