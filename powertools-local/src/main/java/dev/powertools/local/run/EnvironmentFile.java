// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Environment variables in a file: {@code NAME=VALUE} a line, empty lines and those that begin with
 * {@code #} aside; {@code export} before a name and quotes around a value are taken off.
 */
final class EnvironmentFile {
  private EnvironmentFile() {}

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException naming the file, and the line that is none
   */
  static Map<String, String> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The environment file " + file.toAbsolutePath() + " can't be read: " + e, e);
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              file + ", line " + (i + 1) + ": expected NAME=VALUE and not '" + line + "'");
        }
        String name = line.substring(0, equals).replaceFirst("^export\\s+", "").strip();
        variables.put(name, unquoted(line.substring(equals + 1).strip()));
      }
    }
    return variables;
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    boolean quoted =
        value.length() > 1
            && (first == '"' || first == '\'')
            && value.charAt(value.length() - 1) == first;
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
