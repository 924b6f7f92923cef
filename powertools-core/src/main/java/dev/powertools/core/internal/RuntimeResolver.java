// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.core.config.Config;
import dev.powertools.core.woven.UnwovenScan;
import java.lang.reflect.Constructor;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Which runtime is in force: that of the current scope, else {@link PowertoolsConfig} on the
 * receiver's class, else on the function's handler class, else the single {@link RuntimeProvider}
 * service, else the environment's defaults.
 *
 * <p>The process-wide runtimes sit in {@link ClassValue}s, one for each configuring class and one
 * for the function under this class itself; so they are made once and go with their classes.
 */
public final class RuntimeResolver {

  private static final ClassValue<FunctionRuntime> BY_PROVIDER =
      new ClassValue<>() {
        @Override
        protected FunctionRuntime computeValue(Class<?> provider) {
          return processWide(make(provider));
        }
      };

  private static final ClassValue<FunctionRuntime> OF_FUNCTION =
      new ClassValue<>() {
        @Override
        protected FunctionRuntime computeValue(Class<?> ignored) {
          return processWide(ofFunction(Config.environment()));
        }
      };

  private static final ClassValue<FunctionRuntime> BY_RECEIVER =
      new ClassValue<>() {
        @Override
        protected FunctionRuntime computeValue(Class<?> receiver) {
          FunctionRuntime own = configured(receiver);
          return own == null ? ofFunction() : own;
        }
      };

  private RuntimeResolver() {}

  /** The runtime in force on this thread. */
  public static FunctionRuntime current() {
    Scope scope = Scope.current();
    return scope == null ? ofFunction() : scope.runtime();
  }

  /** The runtime in force on this thread for calls on objects of a class. */
  public static FunctionRuntime current(Class<?> receiver) {
    Scope scope = Scope.current();
    return scope == null ? forReceiver(receiver) : scope.runtime();
  }

  /** The process-wide runtime for calls on objects of a class, outside any scope. */
  public static FunctionRuntime forReceiver(Class<?> receiver) {
    return BY_RECEIVER.get(receiver);
  }

  /** The process-wide runtime of the function. */
  public static FunctionRuntime ofFunction() {
    return OF_FUNCTION.get(RuntimeResolver.class);
  }

  /**
   * The runtime that a function with this handler class begins with, made anew and not remembered:
   * for an execution environment that is not this process.
   */
  public static FunctionRuntime anew(Class<?> handler) {
    PowertoolsConfig config = handler.getAnnotation(PowertoolsConfig.class);
    return config == null ? ofService() : make(config.value());
  }

  /** Whether a runtime lives as long as the process, as those that this class makes do. */
  public static boolean isProcessWide(FunctionRuntime runtime) {
    return lifetime(runtime).processWide;
  }

  private static FunctionRuntime processWide(FunctionRuntime runtime) {
    lifetime(runtime).processWide = true;
    return runtime;
  }

  private static Lifetime lifetime(FunctionRuntime runtime) {
    return runtime.part(Lifetime.class, r -> new Lifetime());
  }

  /** How long a runtime lives. */
  private static final class Lifetime {
    private volatile boolean processWide;
  }

  private static FunctionRuntime ofFunction(Config config) {
    UnwovenScan.checkHandler(config, RuntimeResolver.class.getClassLoader());
    Class<?> handler = HandlerName.find(config).flatMap(HandlerName::load).orElse(null);
    FunctionRuntime own = handler == null ? null : configured(handler);
    return own == null ? ofService() : own;
  }

  private static @Nullable FunctionRuntime configured(Class<?> receiver) {
    PowertoolsConfig config = receiver.getAnnotation(PowertoolsConfig.class);
    return config == null ? null : BY_PROVIDER.get(config.value());
  }

  private static FunctionRuntime ofService() {
    Iterator<RuntimeProvider> providers =
        ServiceLoader.load(RuntimeProvider.class, RuntimeResolver.class.getClassLoader())
            .iterator();
    if (!providers.hasNext()) {
      return FunctionRuntime.builder().build();
    }
    RuntimeProvider first = providers.next();
    if (providers.hasNext()) {
      throw new ConfigurationException(
          "Two services provide the runtime: "
              + first.getClass().getName()
              + " and "
              + providers.next().getClass().getName()
              + ". Keep one META-INF/services entry, or name one by @PowertoolsConfig on the"
              + " handler class.");
    }
    return first.runtime();
  }

  private static FunctionRuntime make(Class<?> provider) {
    try {
      Constructor<?> constructor = provider.getConstructor();
      return ((RuntimeProvider) constructor.newInstance()).runtime();
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigurationException(
          "The runtime provider "
              + provider.getName()
              + " can't be made: "
              + cause
              + ". It needs to be a public class with a public constructor without parameters.",
          cause);
    }
  }
}
