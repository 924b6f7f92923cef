// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.config.Config;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a function's processes are started. Defaults: this JVM's class path, its own {@code java},
 * Lambda's JVM flags ({@code -XX:+TieredCompilation -XX:TieredStopAtLevel=1}), the current
 * directory, output to standard output line by line, any free port, 30 s for initialisation (Lambda
 * grants 10 s; a busy build machine needs more).
 *
 * <p>Immutable.
 */
public final class ForkOptions {
  private final List<Path> classPath;
  private final List<String> jvmFlags;
  private final Path java;
  private final Path directory;
  private final Consumer<String> output;
  private final Duration initTimeout;
  private final int port;

  private ForkOptions(Builder builder) {
    classPath = List.copyOf(builder.classPath);
    jvmFlags = builder.jvmFlags == null ? lambdasFlags(builder.java) : builder.jvmFlags;
    java = builder.java == null ? ownJava() : builder.java;
    directory = builder.directory;
    output = builder.output;
    initTimeout = builder.initTimeout;
    port = builder.port;
  }

  /** The defaults. */
  public static ForkOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The function's class path; the runtime client is added if it isn't on it. */
  public List<Path> classPath() {
    return classPath;
  }

  /** The JVM's flags, Lambda's own included. */
  public List<String> jvmFlags() {
    return jvmFlags;
  }

  /** The {@code java} executable. */
  public Path java() {
    return java;
  }

  /** The process's working directory, Lambda's task root. */
  public Path directory() {
    return directory;
  }

  /** Who gets each line that the process writes, on a thread of ours. */
  public Consumer<String> output() {
    return output;
  }

  /** How long the process may take until it asks for its first event. */
  public Duration initTimeout() {
    return initTimeout;
  }

  /** The Runtime API's port; 0 is any free one. */
  public int port() {
    return port;
  }

  private static Path ownJava() {
    return Path.of(Config.environment().systemProperty("java.home").orElseThrow(), "bin", "java");
  }

  /**
   * The client loads a native library: from Java 24 on a JVM warns of that unless it is allowed.
   */
  private static List<String> lambdasFlags(@Nullable Path java) {
    List<String> flags = List.of("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1");
    return java == null && Runtime.version().feature() >= 24
        ? Stream.concat(flags.stream(), Stream.of("--enable-native-access=ALL-UNNAMED")).toList()
        : flags;
  }

  private static List<Path> ownClassPath() {
    String path = Config.environment().systemProperty("java.class.path").orElse("");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private List<Path> classPath = ownClassPath();
    private @Nullable List<String> jvmFlags;
    private @Nullable Path java;
    private Path directory = Path.of("").toAbsolutePath();
    private Consumer<String> output = System.out::println;
    private Duration initTimeout = Duration.ofSeconds(30);
    private int port;

    private Builder() {}

    /** See {@link ForkOptions#classPath()}. */
    public Builder classPath(List<Path> classPath) {
      this.classPath = classPath;
      return this;
    }

    /** See {@link ForkOptions#jvmFlags()}; replaces the defaults. */
    public Builder jvmFlags(String... jvmFlags) {
      this.jvmFlags = List.of(jvmFlags);
      return this;
    }

    /** See {@link ForkOptions#java()}. */
    public Builder java(Path java) {
      this.java = java;
      return this;
    }

    /** See {@link ForkOptions#directory()}. */
    public Builder directory(Path directory) {
      this.directory = directory;
      return this;
    }

    /** See {@link ForkOptions#output()}. */
    public Builder output(Consumer<String> output) {
      this.output = output;
      return this;
    }

    /** See {@link ForkOptions#initTimeout()}. */
    public Builder initTimeout(Duration initTimeout) {
      this.initTimeout = initTimeout;
      return this;
    }

    /** See {@link ForkOptions#port()}; needs a concurrency of 1. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public ForkOptions build() {
      Options.require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
      Options.require(initTimeout.toMillis() > 0, "initTimeout", initTimeout, "more than 0");
      Options.require(!classPath.isEmpty(), "classPath", classPath, "at least one entry");
      return new ForkOptions(this);
    }
  }
}
