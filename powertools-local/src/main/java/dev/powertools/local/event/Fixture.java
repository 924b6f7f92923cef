// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Events that users wrote themselves. */
final class Fixture {

  private Fixture() {}

  static Event file(Path file) {
    try {
      return checked("The event file " + file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no event file " + file + "; looked at " + file.toAbsolutePath(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("The event file " + file + " can't be read: " + e, e);
    }
  }

  static Event resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "There is no event resource "
                + name
                + (name.startsWith("/") ? "" : " in the package of " + beside.getName())
                + "; put it into src/test/resources, and begin its name with '/' there");
      }
      return checked("The event resource " + name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The event resource " + name + " can't be read: " + e, e);
    }
  }

  /** The very bytes, once they are known to be one JSON value. */
  static Event checked(String what, byte[] json) {
    try {
      JsonTree.read(json, Duplicates.REFUSE);
      return new JsonEvent(json);
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }
}
