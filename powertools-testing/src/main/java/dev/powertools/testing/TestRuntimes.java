// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.RuntimeResolver;
import dev.powertools.core.internal.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the runtimes of functions under test, one for each execution environment: first what the
 * handler's own provider says, then the test's clock and variables, then what stands in for the
 * world outside, then what the test gave.
 *
 * <p>So a test runs with production's failure rules, required keys and listeners, and never on its
 * tables and queues unless it says so. Not thread-safe; a {@link #copy()} that nobody changes is.
 */
final class TestRuntimes {

  private static final String AWS_CLIENTS = "software.amazon.awssdk.";

  private final TestClock clock;
  private final Map<Class<?>, Supplier<?>> standIns = new LinkedHashMap<>();
  private final List<Consumer<FunctionRuntime.Builder>> given = new ArrayList<>();
  private final Set<Class<?>> own = new LinkedHashSet<>();
  private final Map<Class<?>, String> byVariable = new LinkedHashMap<>();
  private boolean withoutProvider;

  TestRuntimes(TestClock clock) {
    this.clock = clock;
  }

  TestRuntimes copy() {
    TestRuntimes copy = new TestRuntimes(clock);
    copy.standIns.putAll(standIns);
    copy.given.addAll(given);
    copy.own.addAll(own);
    copy.byVariable.putAll(byVariable);
    copy.withoutProvider = withoutProvider;
    return copy;
  }

  /** Stands in for a provider's part of the world outside. */
  <T> void standIn(Class<T> type, Supplier<? extends T> standIn) {
    standIns.put(type, standIn);
  }

  /** A feature makes the part by itself where an environment variable is set. */
  void madeBy(String variable, Class<?> type) {
    byVariable.put(type, variable);
  }

  /** What the test gives wins over everything else. */
  void give(Consumer<FunctionRuntime.Builder> gift) {
    given.add(gift);
  }

  /** The provider's own part is wanted. */
  void useOwn(Class<?> type) {
    own.add(type);
  }

  /** The provider is not asked at all. */
  void ignoreProvider() {
    withoutProvider = true;
  }

  FunctionRuntime make(@Nullable Class<?> handler, Config config) {
    FunctionRuntime plain = FunctionRuntime.builder().config(config).timing(clock).build();
    FunctionRuntime base = handler == null || withoutProvider ? plain : provided(handler, plain);
    FunctionRuntime.Builder builder = base.toBuilder().config(config).timing(clock);
    base.givenParts().forEach(type -> refuseAws(type, builder));
    standIns.forEach((type, standIn) -> standIn(builder, type, standIn));
    given.forEach(gift -> gift.accept(builder));
    requireOwn(base, handler, config);
    return builder.build();
  }

  /** A provider may ask for the runtime in force, for its settings: that is the test's. */
  private static FunctionRuntime provided(Class<?> handler, FunctionRuntime plain) {
    try (Scope.Attached ignored = Scope.of(plain).attach()) {
      return RuntimeResolver.anew(handler);
    } catch (RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          "The runtime of "
              + handler.getName()
              + " can't be made in a test: "
              + e
              + ". Have its provider make clients when they are first needed (lazyPart), or leave it"
              + " out by functions.withoutProvider().",
          e);
    }
  }

  private <T> void standIn(FunctionRuntime.Builder builder, Class<T> type, Supplier<?> standIn) {
    if (!own.contains(type)) {
      builder.lazyPart(type, () -> type.cast(standIn.get()));
    }
  }

  private <T> void refuseAws(Class<T> type, FunctionRuntime.Builder builder) {
    if (type.getName().startsWith(AWS_CLIENTS) && !own.contains(type)) {
      String name = type.getSimpleName();
      builder.lazyPart(
          type,
          () -> {
            throw new ConfigurationException(
                "A unit test reaches no AWS, and the function asked its runtime for a "
                    + name
                    + ". Give the test one by functions.with("
                    + name
                    + ".class, …), such as functions.aws() makes, or allow the provider's by"
                    + " functions.withOwn("
                    + name
                    + ".class).");
          });
    }
  }

  private void requireOwn(FunctionRuntime base, @Nullable Class<?> handler, Config config) {
    for (Class<?> type : own) {
      String variable = byVariable.get(type);
      boolean made = variable != null && config.variable(variable).isPresent();
      if (handler != null && !made && !base.givenParts().contains(type)) {
        throw new ConfigurationException(
            "withOwn("
                + type.getSimpleName()
                + ".class): the runtime of "
                + handler.getName()
                + " brings none. Name its provider by @PowertoolsConfig on the handler, or give one by"
                + " functions.with(…)"
                + (variable == null ? "." : ", or set " + variable + "."));
      }
    }
  }
}
