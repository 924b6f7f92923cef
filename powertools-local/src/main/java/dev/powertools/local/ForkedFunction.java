// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function in processes of its own, under the production runtime client's {@code main}: nothing
 * of this JVM reaches it, and it can be killed as Lambda kills it.
 *
 * <p>The environment has Lambda's variables and the function's, and of this process's only {@code
 * PATH}. Credentials are fake. A process serves one invocation at a time; concurrent callers get
 * several processes.
 *
 * <p>Thread-safe. Needs Linux, since the client's native library does.
 */
public final class ForkedFunction implements LocalFunction {
  private final FunctionOptions function;
  private final EnvironmentPool pool;
  private final Path workDirectory;
  private final AtomicReference<@Nullable PointGate> points = new AtomicReference<>();

  private ForkedFunction(FunctionCommand command, Path workDirectory) {
    this.function = command.function();
    this.workDirectory = workDirectory;
    this.pool =
        new EnvironmentPool(
            function.maxConcurrency(),
            command.options().initTimeout(),
            () -> FunctionProcess.start(command, Timing.system(), points.get()));
  }

  static ForkedFunction of(FunctionOptions function, ForkOptions options) {
    Options.require(
        options.port() == 0 || function.maxConcurrency() == 1,
        "port",
        options.port(),
        "0 unless maxConcurrency is 1, but it is " + function.maxConcurrency());
    List<Path> classPath = RuntimeClientFiles.withClient(options.classPath());
    Path directory = temporaryDirectory();
    Path library = RuntimeClientFiles.nativeLibrary(classPath, directory);
    FunctionCommand command = new FunctionCommand(function, options, classPath, library);
    return new ForkedFunction(command, directory);
  }

  @Override
  public InvocationResult invoke(byte[] event, InvokeOptions options) {
    return pool.invoke(event, options);
  }

  @Override
  public FunctionOptions options() {
    return function;
  }

  /**
   * Kills all processes with SIGKILL, at whatever point they are: invocations that run get an exit
   * error, the next ones new processes.
   */
  public void kill() {
    pool.killAll();
  }

  /**
   * Kills the process that next comes to a point ({@link Points#reach}) exactly there, once; the
   * invocation gets an exit error and the next one a new process.
   */
  public void killAt(String point) {
    killAt(point, 1);
  }

  /**
   * As {@link #killAt(String)}, when the point is reached for the n-th time from now.
   *
   * @param occurrence 1 or more
   */
  public void killAt(String point, int occurrence) {
    hold(point, occurrence).killWhenReached();
  }

  /**
   * Holds the process that next comes to a point exactly there, until it is released or killed. It
   * counts as running meanwhile: past its deadline it is killed.
   */
  public PointHold holdAt(String point) {
    return hold(point, 1);
  }

  /** A process asks at points only if it was started so: those that run already serve no more. */
  private PointHold hold(String point, int occurrence) {
    Options.require(!point.isBlank(), "point", point, "a name");
    Options.require(occurrence >= 1, "occurrence", occurrence, "1 or more");
    PointGate gate = points.get();
    if (gate == null) {
      gate = openGate();
      cold();
    }
    return gate.hold(point, occurrence);
  }

  private PointGate openGate() {
    PointGate mine = PointGate.open();
    if (points.compareAndSet(null, mine)) {
      return mine;
    }
    mine.close();
    return Objects.requireNonNull(points.get());
  }

  @Override
  public void cold() {
    pool.retireAll();
  }

  @Override
  public void close() {
    pool.close();
    PointGate gate = points.get();
    if (gate != null) {
      gate.close();
    }
    try (Stream<Path> files = Files.list(workDirectory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(workDirectory);
    } catch (IOException e) {
      // A leftover file in the temporary directory is no reason to fail a caller that is done.
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("powertools-local");
    } catch (IOException e) {
      throw new PowertoolsException("Can't make a temporary directory", e);
    }
  }
}
