// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.dynamodb.LocalDynamoDb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A function that runs: the process it is in, and the launcher's end of it. The process ends when
 * this is closed, and when this JVM ends, however that happens.
 *
 * <p>Thread-safe.
 */
public final class RunningFunction implements AutoCloseable {
  private static final long SECONDS_TO_END = 5;

  private final Process process;
  private final LogPane pane;
  private final @Nullable LocalDynamoDb dynamoDb;
  private final CompletableFuture<Integer> ready = new CompletableFuture<>();
  private final Thread pump = new Thread(this::pump, "local-run-output");
  private final Thread atShutdown = new Thread(this::end, "local-run-shutdown");

  private RunningFunction(Process process, LogPane pane, @Nullable LocalDynamoDb dynamoDb) {
    this.process = process;
    this.pane = pane;
    this.dynamoDb = dynamoDb;
  }

  static RunningFunction of(
      Process process, RunOptions options, LogPane pane, @Nullable LocalDynamoDb dynamoDb) {
    RunningFunction running = new RunningFunction(process, pane, dynamoDb);
    Runtime.getRuntime().addShutdownHook(running.atShutdown);
    running.pump.setDaemon(true);
    running.pump.start();
    try {
      pane.banner(options, running.port());
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  /** The port that it listens on. */
  public int port() {
    try {
      return ready.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PowertoolsException reason ? reason : e;
    }
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Lets invocations that run finish, and starts the next ones cold. */
  public void cold() {
    tell("cold");
  }

  /**
   * Waits until the function's process ends.
   *
   * @return its exit status; 0 if it was asked to end
   */
  public int awaitEnd() throws InterruptedException {
    int status = process.waitFor();
    pump.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
    return status;
  }

  /** Ends the function's process and all that it started. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs, or has run.
    }
  }

  private void end() {
    tell("stop");
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (dynamoDb != null) {
      dynamoDb.close();
    }
  }

  private void tell(String command) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((command + '\n').getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException ended) {
      // There is nobody left to tell.
    }
  }

  private void pump() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException ended) {
      // The process was destroyed while we read: its output ends here.
    }
    ready.completeExceptionally(
        new PowertoolsException("The function's process ended before it listened"));
  }

  private void take(String line) {
    Wire.Kind kind = Wire.kind(line);
    if (kind == Wire.Kind.READY) {
      ready.complete(Integer.parseInt(Wire.fields(line)[0]));
    } else if (kind == Wire.Kind.FAILED) {
      ready.completeExceptionally(new PowertoolsException(Wire.fields(line)[0]));
    } else {
      pane.show(line);
    }
  }
}
