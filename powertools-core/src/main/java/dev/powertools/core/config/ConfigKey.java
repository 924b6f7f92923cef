// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.config;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting that can be made by an environment variable: its name, the form of its value, its
 * default and what it does. Immutable.
 *
 * @param <T> the type of the value
 */
public final class ConfigKey<T> {

  private final String name;
  private final String form;
  private final Function<String, T> reader;
  private final @Nullable T defaultValue;
  private final String description;

  private ConfigKey(
      String name,
      String form,
      Function<String, T> reader,
      @Nullable T defaultValue,
      String description) {
    this.name = name;
    this.form = form;
    this.reader = reader;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** A key whose value is any text. */
  public static ConfigKey<String> text(String name, String description) {
    return new ConfigKey<>(name, "any text", text -> text, null, description);
  }

  /** A key whose value is {@code true} or {@code false}, in any case. */
  public static ConfigKey<Boolean> flag(String name, String description) {
    return new ConfigKey<>(name, "true or false", ConfigKey::readFlag, false, description);
  }

  /** A key whose value is a positive length of time, see {@link DurationText}. */
  public static ConfigKey<Duration> duration(String name, String description) {
    return new ConfigKey<>(
        name, "a length of time such as 30s or 1h", DurationText::parse, null, description);
  }

  /** A key whose value is a decimal number without fraction. */
  public static ConfigKey<Long> number(String name, String description) {
    return new ConfigKey<>(name, "a whole number", Long::valueOf, null, description);
  }

  /**
   * A key with a form of its own.
   *
   * @param form what a good value looks like, for messages
   * @param reader throws {@link IllegalArgumentException} for a bad value
   */
  public static <T> ConfigKey<T> of(
      String name, String form, Function<String, T> reader, String description) {
    return new ConfigKey<>(name, form, reader, null, description);
  }

  /** The same key with a default. */
  public ConfigKey<T> withDefault(T value) {
    return new ConfigKey<>(name, form, reader, Objects.requireNonNull(value), description);
  }

  /** The name of the environment variable. */
  public String name() {
    return name;
  }

  /** What a good value looks like. */
  public String form() {
    return form;
  }

  /** What the setting does. */
  public String description() {
    return description;
  }

  @Nullable T defaultValue() {
    return defaultValue;
  }

  T read(String text) {
    return reader.apply(text);
  }

  private static Boolean readFlag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException("neither true nor false");
  }
}
