// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import dev.powertools.core.config.Config;
import dev.powertools.core.internal.RuntimeParts;
import dev.powertools.core.internal.RuntimeResolver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * With what a function runs: settings, time, failure rules, listeners, required keys, and the
 * collaborators of the features (a store, a client), each made when first asked for and then kept.
 * What depends on configuration is in here and nowhere else, so a test is just another runtime.
 * Immutable to the outside, save that required keys may become more; thread-safe.
 *
 * <p>Defaults: the process's environment, the machine's clock, the default failure rules, no
 * listener, no required key.
 */
public final class FunctionRuntime {

  private final Config config;
  private final Timing timing;
  private final Failures failures;
  private final List<SignalListener> listeners;
  private final Set<AttributeKey<?>> requiredKeys;
  private final RuntimeParts parts;

  private FunctionRuntime(Builder builder) {
    this.config = builder.config;
    this.timing = builder.timing;
    this.failures = builder.failures;
    this.listeners = List.copyOf(builder.listeners);
    this.requiredKeys = new CopyOnWriteArraySet<>(builder.requiredKeys);
    this.parts = new RuntimeParts(builder.parts);
  }

  /**
   * The runtime in force on this thread: that of the current invocation or test, else that of the
   * function's handler class ({@link PowertoolsConfig}), else that of the single {@link
   * RuntimeProvider} service, else the environment's defaults.
   *
   * @throws ConfigurationException if there are two provider services, or a provider fails
   */
  public static FunctionRuntime current() {
    return RuntimeResolver.current();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with this runtime's settings; collaborators that were made are made anew. */
  public Builder toBuilder() {
    Builder builder = new Builder().config(config).timing(timing).failures(failures);
    builder.listeners.addAll(listeners);
    builder.requiredKeys.addAll(requiredKeys);
    builder.parts.putAll(parts.givenSuppliers());
    return builder;
  }

  /** The settings. */
  public Config config() {
    return config;
  }

  /** Clock and sleep. */
  public Timing timing() {
    return timing;
  }

  /** The rules by which failures are told apart. */
  public Failures failures() {
    return failures;
  }

  /** Who hears signals. */
  public List<SignalListener> listeners() {
    return listeners;
  }

  /** The key-scoping attributes without which no key may be made. */
  public Set<AttributeKey<?>> requiredKeys() {
    return Collections.unmodifiableSet(requiredKeys);
  }

  /**
   * Requires one more key-scoping attribute, for good: for factories of links, whose very presence
   * in a function means that keys without the attribute would mix what is to be kept apart.
   *
   * @throws IllegalArgumentException if the key is not key-scoping
   */
  public void requireKey(AttributeKey<?> key) {
    requiredKeys.add(checked(key));
  }

  private static AttributeKey<?> checked(AttributeKey<?> key) {
    if (!key.isKeyScoping()) {
      throw new IllegalArgumentException(
          "The attribute " + key + " can't be required: declare it keyScoping()");
    }
    return key;
  }

  /** The types of the collaborators that were given to the builder. */
  public Set<Class<?>> givenParts() {
    return Set.copyOf(parts.givenSuppliers().keySet());
  }

  /**
   * A collaborator that was given to the builder.
   *
   * @throws ConfigurationException if making it fails
   */
  public <T> Optional<T> part(Class<T> type) {
    return parts.find(type);
  }

  /**
   * A collaborator that was given to the builder, or the default, which is made once and kept.
   *
   * @param makeDefault makes it if none was given; called once
   */
  public <T> T part(Class<T> type, Function<? super FunctionRuntime, ? extends T> makeDefault) {
    return parts.get(type, () -> makeDefault.apply(this));
  }

  /** Collects what a runtime is made of. Confined to one thread. */
  public static final class Builder {

    private Config config = Config.environment();
    private Timing timing = Timing.system();
    private Failures failures = Failures.defaults();
    private final List<SignalListener> listeners = new ArrayList<>();
    private final Set<AttributeKey<?>> requiredKeys = new LinkedHashSet<>();
    private final Map<Class<?>, Supplier<?>> parts = new LinkedHashMap<>();

    private Builder() {}

    /** The settings; the process's environment by default. */
    public Builder config(Config value) {
      this.config = Objects.requireNonNull(value);
      return this;
    }

    /** Clock and sleep; the machine's by default. */
    public Builder timing(Timing value) {
      this.timing = Objects.requireNonNull(value);
      return this;
    }

    /** The failure rules; {@link Failures#defaults()} by default. */
    public Builder failures(Failures value) {
      this.failures = Objects.requireNonNull(value);
      return this;
    }

    /** One more listener. */
    public Builder listener(SignalListener value) {
      this.listeners.add(Objects.requireNonNull(value));
      return this;
    }

    /**
     * One more required key.
     *
     * @throws IllegalArgumentException if the key is not key-scoping
     */
    public Builder requireKey(AttributeKey<?> key) {
      this.requiredKeys.add(checked(key));
      return this;
    }

    /** A collaborator, such as a store. */
    public <T> Builder part(Class<T> type, T value) {
      T checked = type.cast(Objects.requireNonNull(value));
      return lazyPart(type, () -> checked);
    }

    /** A collaborator that is made when it is first needed. */
    public <T> Builder lazyPart(Class<T> type, Supplier<? extends T> supplier) {
      this.parts.put(type, Objects.requireNonNull(supplier));
      return this;
    }

    /** Makes the runtime. */
    public FunctionRuntime build() {
      return new FunctionRuntime(this);
    }
  }
}
