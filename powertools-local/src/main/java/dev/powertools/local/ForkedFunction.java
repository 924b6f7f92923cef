// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

  private ForkedFunction(FunctionOptions function, EnvironmentPool pool, Path workDirectory) {
    this.function = function;
    this.pool = pool;
    this.workDirectory = workDirectory;
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
    EnvironmentPool pool =
        new EnvironmentPool(
            function.maxConcurrency(),
            options.initTimeout(),
            () -> FunctionProcess.start(command, Timing.system()));
    return new ForkedFunction(function, pool, directory);
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

  @Override
  public void close() {
    pool.close();
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
