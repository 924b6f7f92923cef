// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.dynamodb;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The main class of the process: starts DynamoDB Local on a free port, says which, and ends when
 * standard input does, as it does when the parent is gone. It uses nothing but the JDK.
 */
final class DynamoDbProcess {
  static final String READY = "powertools: dynamodb-local listens on ";

  private static final String RUNNER = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";

  private DynamoDbProcess() {}

  /** Runs until standard input ends. */
  public static void main(String... arguments) throws Exception {
    int port = freePort();
    String[] command = {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", "" + port};
    Object server;
    try {
      Class<?> runner = Class.forName(RUNNER);
      server =
          runner
              .getMethod("createServerFromCommandLineArgs", String[].class)
              .invoke(null, (Object) command);
      server.getClass().getMethod("start").invoke(server); // returns once it listens
    } catch (InvocationTargetException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
      return;
    }
    System.out.println(READY + port);
    while (System.in.read() >= 0) {
      // Nothing is said; only the end counts.
    }
    Runtime.getRuntime().halt(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
