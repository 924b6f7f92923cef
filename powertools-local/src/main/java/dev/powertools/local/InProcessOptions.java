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
 * clocks; 30 s of patience with a virtual one; what the platform logs is dropped.
 *
 * <p>Immutable.
 */
public final class InProcessOptions {
  private final @Nullable Supplier<?> instance;
  private final ClassLoader classLoader;
  private final Supplier<? extends LoopHook> hooks;
  private final Timing timing;
  private final Consumer<String> output;
  private final Duration initTimeout;
  private final Duration patience;

  private InProcessOptions(Builder builder) {
    instance = builder.instance;
    classLoader = builder.classLoader == null ? threadsOwn() : builder.classLoader;
    hooks = builder.hooks;
    timing = builder.timing;
    output = builder.output;
    initTimeout = builder.initTimeout;
    patience = builder.patience;
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

  LoopHook newHook() {
    return hooks.get();
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

  Duration patience() {
    return patience;
  }

  private static ClassLoader threadsOwn() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    return own == null ? ClassLoader.getSystemClassLoader() : own;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private @Nullable Supplier<?> instance;
    private @Nullable ClassLoader classLoader;
    private Supplier<? extends LoopHook> hooks = LoopHook::none;
    private Timing timing = Timing.system();
    private Consumer<String> output = line -> {};
    private Duration initTimeout = Duration.ofSeconds(30);
    private Duration patience = Duration.ofSeconds(30);

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
      return hooks(() -> hook);
    }

    /** As {@link #hook}, with a hook of its own for each execution environment. */
    public Builder hooks(Supplier<? extends LoopHook> hooks) {
      this.hooks = hooks;
      return this;
    }

    /**
     * The clocks for deadlines, the remaining time and durations. On a {@link VirtualClock} the
     * function dies at its deadline as on Lambda: a thread of it that waits beyond it never goes
     * on, and no {@code finally} block runs.
     */
    public Builder timing(Timing timing) {
      this.timing = timing;
      return this;
    }

    /**
     * Who gets the lines of the platform's log, on the thread that writes them: what handlers log
     * by {@code context.getLogger()}, the runtime client's account of errors, and how an invocation
     * died.
     */
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
     * How long an invocation may take on this machine's clock where {@link #timing} is a {@link
     * VirtualClock}, on which a handler that loops takes no time; 30 s by default. Beyond it the
     * caller gets an exception. A debugger is waited for.
     */
    public Builder patience(Duration patience) {
      this.patience = patience;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public InProcessOptions build() {
      Options.require(initTimeout.toMillis() > 0, "initTimeout", initTimeout, "more than 0");
      Options.require(patience.toMillis() > 0, "patience", patience, "more than 0");
      return new InProcessOptions(this);
    }
  }
}
