// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The typed facts about one unit of work. A record of a batch sees the facts of its batch and
 * writes its own. Facts live until the unit of work ends; {@link #during} is for what must end with
 * the link that granted it. Thread-safe.
 */
public interface Attributes {

  /** The value here, or that of the enclosing unit of work; empty if there is none. */
  <T> Optional<T> get(AttributeKey<T> key);

  /**
   * Sets a fact until the unit of work ends.
   *
   * @throws IllegalStateException if the key is write-once and has a different value already, here
   *     or in the enclosing unit of work
   * @throws IllegalArgumentException if there is a key of the same name with another type or other
   *     flags
   */
  <T> void put(AttributeKey<T> key, T value);

  /** Removes a fact of this unit of work. A write-once fact stays: nothing happens. */
  void remove(AttributeKey<?> key);

  /**
   * Sets a value until the result is closed, which puts back what was there before.
   *
   * @throws IllegalStateException as {@link #put} does
   */
  <T> Restore during(AttributeKey<T> key, T value);

  /** Calls {@code action} for every fact, those of the enclosing unit of work first. */
  void forEach(BiConsumer<? super AttributeKey<?>, Object> action);

  /** Puts back what was there before. */
  @FunctionalInterface
  interface Restore extends AutoCloseable {

    @Override
    void close();
  }
}
