// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The lines a user adds to a build so that it weaves: one text for everything that prints them. */
public final class WeavingHelp {

  private static final String TEXT = "weaving-help.txt";

  private WeavingHelp() {}

  /** The lines for Maven, with the versions of this build, led by a sentence that says where to. */
  public static String lines() {
    try (InputStream in = WeavingHelp.class.getResourceAsStream(TEXT)) {
      return in == null
          ? "Weave them: add powertools-weaver to the byte-buddy-maven-plugin of the build."
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
