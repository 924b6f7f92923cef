// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a function runs inside this JVM. Defaults: the runtime client makes the handler object, as in
 * production; the creating thread's context class loader; nothing around invocations; system
 * clocks; what the client logs of errors is dropped, since each result carries its error.
 *
 * <p>Immutable.
 */
public final class InProcessOptions {
  private final @Nullable Supplier<?> instance;
  private final ClassLoader classLoader;
  private final LoopHook hook;
  private final Timing timing;
  private final Consumer<String> output;
  private final Duration initTimeout;

  private InProcessOptions(Builder builder) {
    instance = builder.instance;
    classLoader = builder.classLoader == null ? threadsOwn() : builder.classLoader;
    hook = builder.hook;
    timing = builder.timing;
    output = builder.output;
    initTimeout = builder.initTimeout;
  }

  /** The defaults. */
  public static InProcessOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Nullable Supplier<?> instance() {
    return instance;
  }

  ClassLoader classLoader() {
    return classLoader;
  }

  LoopHook hook() {
    return hook;
  }

  Timing timing() {
    return timing;
  }

  Consumer<String> output() {
    return output;
  }

  Duration initTimeout() {
    return initTimeout;
  }

  private static ClassLoader threadsOwn() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    return own == null ? ClassLoader.getSystemClassLoader() : own;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private @Nullable Supplier<?> instance;
    private @Nullable ClassLoader classLoader;
    private LoopHook hook = LoopHook.none();
    private Timing timing = Timing.system();
    private Consumer<String> output = line -> {};
    private Duration initTimeout = Duration.ofSeconds(30);

    private Builder() {}

    /**
     * Makes the handler object of each execution environment: a {@code RequestHandler} or a {@code
     * RequestStreamHandler}. Events and responses still go through production's serialiser, for the
     * types that the object's class declares.
     */
    public Builder instance(Supplier<?> instance) {
      this.instance = instance;
      return this;
    }

    /** Where the handler's class is looked up. */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = classLoader;
      return this;
    }

    /** What runs around initialisation and each invocation, on the loop's thread. */
    public Builder hook(LoopHook hook) {
      this.hook = hook;
      return this;
    }

    /** The clocks for deadlines, the remaining time and durations. */
    public Builder timing(Timing timing) {
      this.timing = timing;
      return this;
    }

    /** Who gets what the runtime client logs, its account of errors above all. */
    public Builder output(Consumer<String> output) {
      this.output = output;
      return this;
    }

    /** How long the handler's constructor may take. */
    public Builder initTimeout(Duration initTimeout) {
      this.initTimeout = initTimeout;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public InProcessOptions build() {
      Options.require(initTimeout.toMillis() > 0, "initTimeout", initTimeout, "more than 0");
      return new InProcessOptions(this);
    }
  }
}
