// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.config;

import dev.powertools.core.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings from the environment, and the only reader of environment variables and system
 * properties. A variable that is empty counts as not set. Immutable and thread-safe; {@link
 * #environment()} reads the process's variables at each call, so nothing is remembered.
 */
public final class Config {

  private final UnaryOperator<@Nullable String> variables;
  private final UnaryOperator<@Nullable String> properties;

  private Config(
      UnaryOperator<@Nullable String> variables, UnaryOperator<@Nullable String> properties) {
    this.variables = variables;
    this.properties = properties;
  }

  /** The settings of this process. */
  public static Config environment() {
    return new Config(
        name -> name == null ? null : System.getenv(name),
        name -> name == null ? null : System.getProperty(name));
  }

  /** Settings from a map alone, for tests: nothing of the process shows through. */
  public static Config of(Map<String, String> variables) {
    return of(variables, Map.of());
  }

  /** Settings and system properties from maps alone, for tests. */
  public static Config of(Map<String, String> variables, Map<String, String> systemProperties) {
    Map<String, String> variablesCopy = Map.copyOf(variables);
    Map<String, String> propertiesCopy = Map.copyOf(systemProperties);
    return new Config(
        name -> name == null ? null : variablesCopy.get(name),
        name -> name == null ? null : propertiesCopy.get(name));
  }

  /** These settings, with {@code overrides} before them. */
  public Config with(Map<String, String> overrides) {
    Map<String, String> copy = Map.copyOf(overrides);
    UnaryOperator<@Nullable String> below = variables;
    return new Config(
        name -> name != null && copy.containsKey(name) ? copy.get(name) : below.apply(name),
        properties);
  }

  /** The value of an environment variable; empty if it is not set or set to nothing. */
  public Optional<String> variable(String name) {
    return present(variables.apply(name));
  }

  /** The value of a system property; empty if it is not set or set to nothing. */
  public Optional<String> systemProperty(String name) {
    return present(properties.apply(name));
  }

  /**
   * The value of a setting, or its default.
   *
   * @throws ConfigurationException if the value has not the form of the key, or if it is not set
   *     and the key has no default
   */
  public <T> T get(ConfigKey<T> key) {
    return find(key)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "The environment variable "
                        + key.name()
                        + " is not set. "
                        + key.description()
                        + " Set it to "
                        + key.form()
                        + "."));
  }

  /**
   * The value of a setting, or its default, or empty.
   *
   * @throws ConfigurationException if the value has not the form of the key
   */
  public <T> Optional<T> find(ConfigKey<T> key) {
    Optional<String> text = variable(key.name());
    return text.isPresent()
        ? Optional.of(read(key, text.get()))
        : Optional.ofNullable(key.defaultValue());
  }

  private static <T> T read(ConfigKey<T> key, String text) {
    try {
      return key.read(text.strip());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "The environment variable "
              + key.name()
              + " is \""
              + text
              + "\", which is not "
              + key.form()
              + ". "
              + key.description()
              + " Correct it, or remove it to use the default.",
          e);
    }
  }

  private static Optional<String> present(@Nullable String value) {
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
