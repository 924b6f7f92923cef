// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.dynamodb;

import dev.powertools.core.PowertoolsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * DynamoDB Local in a process of its own, in memory, on a free port of 127.0.0.1. It is Amazon's
 * and may not be bundled, so it comes from your own class path or from a folder of its jars.
 * Clients need its {@link #endpoint()}, any region, and any credentials that are well-formed; all
 * of them see the same tables.
 *
 * <p>The process ends when this is closed and when this JVM ends, however that happens. Starting
 * takes one to two seconds.
 *
 * <p>Thread-safe.
 */
public final class LocalDynamoDb implements AutoCloseable {
  private static final long SECONDS_TO_START = 30;
  private static final int TAIL_LINES = 20;

  private final Process process;
  private final Deque<String> tail = new ArrayDeque<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Thread atShutdown = new Thread(this::end, "dynamodb-local-shutdown");

  private LocalDynamoDb(Process process) {
    this.process = process;
  }

  /**
   * Starts the DynamoDB Local that is on the class path.
   *
   * @throws PowertoolsException if it isn't there, with the dependency to add, or doesn't start
   */
  public static LocalDynamoDb start() {
    return start(DynamoDbJars.onClassPath());
  }

  /**
   * Starts the DynamoDB Local in a folder of jars, such as the one that AWS offers for download.
   *
   * @throws PowertoolsException if it isn't there or doesn't start
   */
  public static LocalDynamoDb from(Path folder) {
    return start(DynamoDbJars.in(folder));
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port.join());
  }

  /** Ends the process at once, as a crash would; all data is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends the process; all data is gone. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs, or has run.
    }
  }

  private static LocalDynamoDb start(DynamoDbJars jars) {
    LocalDynamoDb started;
    try {
      started = new LocalDynamoDb(jars.command(DynamoDbProcess.class).start());
    } catch (IOException e) {
      throw new PowertoolsException("The process of DynamoDB Local doesn't start", e);
    }
    Runtime.getRuntime().addShutdownHook(started.atShutdown);
    Thread pump = new Thread(started::pump, "dynamodb-local-output");
    pump.setDaemon(true);
    pump.start();
    started.awaitPort();
    return started;
  }

  private void awaitPort() {
    try {
      port.get(SECONDS_TO_START, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new PowertoolsException(
          "DynamoDB Local did not start; its last output was:\n" + lastWords());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new PowertoolsException("Interrupted while DynamoDB Local started", e);
    }
  }

  private void end() {
    // Its standard input ends, and with it the process; the signal is for one that hangs.
    try (OutputStream in = process.getOutputStream()) {
      in.flush();
    } catch (IOException ended) {
      // It has ended already.
    }
    process.destroyForcibly();
  }

  private void pump() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(DynamoDbProcess.READY)) {
          port.complete(Integer.parseInt(line.substring(DynamoDbProcess.READY.length())));
        }
        remember(line);
      }
    } catch (IOException ended) {
      // The process was destroyed while we read.
    }
    port.completeExceptionally(new IllegalStateException("ended"));
  }

  private synchronized void remember(String line) {
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line);
  }

  private synchronized String lastWords() {
    return String.join("\n", tail);
  }
}
