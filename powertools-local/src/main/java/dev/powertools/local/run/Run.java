// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Runs a handler on this machine: {@code Run com.acme.OrderHandler --port 8080 --queue orders
 * --watch}. It needs the project's class path, so Maven or an IDE starts it; {@code --help} lists
 * the options.
 *
 * <p>It ends with status 0 when told to ({@code q}, Ctrl-C), 1 if the function doesn't start or its
 * process ends, 2 if the command line is wrong; the reason is on standard error.
 */
public final class Run {
  private Run() {}

  /** Runs until told to end. */
  public static void main(String... arguments) throws InterruptedException {
    int status = run(List.of(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(List<String> arguments) throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(RunArguments.HELP);
      return 0;
    }
    LocalRun run;
    try {
      run = RunArguments.parse(arguments);
      run.options();
    } catch (IllegalArgumentException e) {
      return failed(2, e.getMessage() + "\n\n" + RunArguments.HELP);
    }
    try (RunningFunction running = run.start()) {
      listen(running);
      int status = running.awaitEnd();
      return status == 0
          ? 0
          : failed(
              1,
              "The function's process ended with status "
                  + status
                  + ", as by System.exit: in Lambda that is a Runtime.ExitError of the invocation");
    } catch (PowertoolsException e) {
      return failed(1, String.valueOf(e.getMessage()));
    }
  }

  private static int failed(int status, String reason) {
    System.err.println("error: " + reason);
    return status;
  }

  /** Takes keys from a person; elsewhere standard input is none of ours. */
  private static void listen(RunningFunction running) {
    if (Terminal.isThere()) {
      Thread thread = new Thread(() -> keys(running), "local-run-keys");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void keys(RunningFunction running) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.strip()) {
          case "c" -> running.cold();
          case "q" -> running.close();
          default -> System.out.println("c: next invocation is a cold start, q: end");
        }
      }
    } catch (IOException e) {
      // Without keys it runs on; Ctrl-C ends it.
    }
  }
}
