// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.config.Config;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of the function's handler, as the platform configures it: {@code com.acme.Orders} or
 * {@code com.acme.Orders::handle}.
 *
 * @param className the class
 * @param method the method, if it is named
 */
public record HandlerName(String className, @Nullable String method) {

  /**
   * The handler of the function that this process runs: {@code _HANDLER}, or, where the runtime
   * client was started by hand, the last word of its command line.
   */
  public static Optional<HandlerName> find(Config config) {
    Optional<String> handler = config.variable("_HANDLER");
    if (handler.isPresent()) {
      return handler.map(HandlerName::parse);
    }
    return config.variable("AWS_LAMBDA_RUNTIME_API").isPresent()
        ? config.systemProperty("sun.java.command").map(HandlerName::lastWord)
        : Optional.empty();
  }

  /** Whether this process runs a function. */
  public static boolean inFunction(Config config) {
    return find(config).isPresent();
  }

  private static HandlerName lastWord(String command) {
    String stripped = command.strip();
    return parse(stripped.substring(stripped.lastIndexOf(' ') + 1));
  }

  private static HandlerName parse(String text) {
    int at = text.indexOf("::");
    return at < 0
        ? new HandlerName(text, null)
        : new HandlerName(text.substring(0, at), text.substring(at + 2));
  }

  /** The class, loaded and not initialised; empty if it can't be loaded from here. */
  public Optional<Class<?>> load() {
    try {
      return Optional.of(Class.forName(className, false, HandlerName.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty(); // the platform reports an unknown handler better than we could
    }
  }
}
