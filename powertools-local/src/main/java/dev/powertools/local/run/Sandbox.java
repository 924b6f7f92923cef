// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The main class of the process that the function runs in. */
final class Sandbox {
  private Sandbox() {}

  /** Runs until standard input ends, which it does with the launcher, or says so. */
  public static void main(String... arguments) throws IOException {
    Wire wire = Wire.standardOutput();
    int status = 0;
    try {
      RunOptions options = RunArguments.parse(List.of(arguments)).options();
      FunctionHost host = FunctionHost.start(options, wire);
      wire.tell(Wire.Kind.READY, "" + host.port());
      obey(host);
    } catch (PowertoolsException | IllegalArgumentException e) {
      wire.tell(Wire.Kind.FAILED, String.valueOf(e.getMessage()));
      status = 1;
    }
    System.exit(status);
  }

  private static void obey(FunctionHost host) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "cold" -> host.cold();
        case "stop" -> {
          return;
        }
        default -> {
          // Said to another version of this class.
        }
      }
    }
  }
}
