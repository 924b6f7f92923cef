// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.FunctionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function on this machine behind HTTP and queues, in a process of its own that ends with
 * this one. Defaults: port 8080, a timeout of 30 s, 512 MB, up to 10 execution environments, no
 * queues, no watching.
 *
 * <p>Not thread-safe.
 */
public final class LocalRun {
  private final String handler;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<EventQueue> queues = new ArrayList<>();
  private @Nullable String name;
  private Duration timeout = Duration.ofSeconds(30);
  private int memoryMegabytes = 512;
  private int maxConcurrency = 10;
  private int port = 8080;
  private int queuePort;
  private int debugPort;
  private @Nullable String tenant;
  private boolean watch;
  private boolean raw;
  private boolean dynamoDb;
  private @Nullable List<Path> classPath;

  private LocalRun(String handler) {
    this.handler = handler;
  }

  /** A function by its handler's class. */
  public static LocalRun of(Class<?> handler) {
    return of(handler.getName());
  }

  /** A function by its handler: {@code package.Class} or {@code package.Class::method}. */
  public static LocalRun of(String handler) {
    return new LocalRun(handler);
  }

  /** The port of the HTTP front on 127.0.0.1; 0 is any free one. */
  public LocalRun http(int port) {
    this.port = requirePort("port", port);
    return this;
  }

  /** The port of the queues on 127.0.0.1; 0, the default, is any free one. */
  public LocalRun queuePort(int port) {
    this.queuePort = requirePort("queuePort", port);
    return this;
  }

  /** Lets a debugger attach on a port of 127.0.0.1; the function's timeout is then 15 minutes. */
  public LocalRun debug(int port) {
    this.debugPort = requirePort("debug", port);
    return this;
  }

  /** Feeds the function from a queue. */
  public LocalRun queue(String name) {
    return queue(name, queue -> {});
  }

  /** Feeds the function from a queue, FIFO if its name ends with {@code .fifo}. */
  public LocalRun queue(String name, Consumer<EventQueue> configuration) {
    EventQueue queue = new EventQueue(name);
    configuration.accept(queue);
    queues.add(queue);
    return this;
  }

  /**
   * Sets an environment variable of the function. In its value, {@code {orders.url}} and {@code
   * {orders.arn}} stand for the URL and the ARN of a queue of this run.
   */
  public LocalRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The function's name; by default the handler class's simple name. */
  public LocalRun name(String name) {
    this.name = name;
    return this;
  }

  /** How long one invocation may take. */
  public LocalRun timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** The memory that the function is told, and the limit of its heap. */
  public LocalRun memoryMegabytes(int memoryMegabytes) {
    this.memoryMegabytes = memoryMegabytes;
    return this;
  }

  /** How many execution environments there may be at once; further callers wait. */
  public LocalRun maxConcurrency(int maxConcurrency) {
    this.maxConcurrency = maxConcurrency;
    return this;
  }

  /** The tenant of requests without the header {@code X-Amz-Tenant-Id}. */
  public LocalRun tenant(String tenant) {
    this.tenant = tenant;
    return this;
  }

  /** Takes up changed class files, and compiles changed sources if nobody else does. */
  public LocalRun watch() {
    this.watch = true;
    return this;
  }

  /** Shows lines as the function wrote them, with Lambda's own around them. */
  public LocalRun raw() {
    this.raw = true;
    return this;
  }

  /** Starts DynamoDB Local, which has to be on the class path. */
  public LocalRun dynamoDb() {
    this.dynamoDb = true;
    return this;
  }

  /**
   * The class path, with this module and all that it needs on it; by default this JVM's. The
   * folders on it are the project's own output, jars are others'.
   */
  public LocalRun classPath(List<Path> classPath) {
    this.classPath = List.copyOf(classPath);
    return this;
  }

  /**
   * Starts, and waits until the function is initialised and listens.
   *
   * @throws PowertoolsException if it doesn't, saying why
   * @throws IllegalArgumentException naming an option and its value
   */
  public RunningFunction start() {
    return Launcher.start(options());
  }

  RunOptions options() {
    FunctionOptions.Builder function =
        FunctionOptions.builder(handler)
            .environment(environment)
            .timeout(debugPort == 0 ? timeout : Duration.ofMinutes(15))
            .memoryMegabytes(memoryMegabytes)
            .maxConcurrency(maxConcurrency);
    if (name != null) {
      function.name(name);
    }
    return new RunOptions(
        function.build(),
        port,
        queuePort,
        List.copyOf(queues),
        tenant,
        watch,
        raw,
        dynamoDb,
        debugPort,
        classPath == null ? ClassPath.own() : classPath);
  }

  private static int requirePort(String option, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(option + " is '" + port + "': expected 0 to 65535");
    }
    return port;
  }
}
