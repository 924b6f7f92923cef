// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The name, type and flags of a typed fact about a unit of work. Features meet through facts: one
 * writes the tenant, another prints what is loggable, a third folds what is key-scoping into its
 * keys. Two keys are equal if their names are; make each one once, as a constant. Immutable.
 *
 * @param <T> the type of the value
 */
public final class AttributeKey<T> {

  private enum Flag {
    LOGGABLE,
    TRACEABLE,
    KEY_SCOPING,
    PROPAGATED,
    WRITE_ONCE
  }

  private final String name;
  private final Class<T> type;
  private final Set<Flag> flags;

  private AttributeKey(String name, Class<T> type, Set<Flag> flags) {
    this.name = name;
    this.type = type;
    this.flags = flags;
  }

  /**
   * A key without flags.
   *
   * @param name the name under which a loggable value is printed, such as {@code tenant_id}
   * @param type the type of the value
   */
  public static <T> AttributeKey<T> of(String name, Class<T> type) {
    Objects.requireNonNull(type, "type");
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of an attribute must not be blank");
    }
    return new AttributeKey<>(name, type, EnumSet.noneOf(Flag.class));
  }

  /** The same key, printed in logs. */
  public AttributeKey<T> loggable() {
    return with(Flag.LOGGABLE);
  }

  /** The same key, copied to spans. */
  public AttributeKey<T> traceable() {
    return with(Flag.TRACEABLE);
  }

  /** The same key, folded into every key that must not be shared between different values. */
  public AttributeKey<T> keyScoping() {
    return with(Flag.KEY_SCOPING);
  }

  /** The same key, sent along with outbound messages. */
  public AttributeKey<T> propagated() {
    return with(Flag.PROPAGATED);
  }

  /** The same key; a second, different value throws. */
  public AttributeKey<T> writeOnce() {
    return with(Flag.WRITE_ONCE);
  }

  private AttributeKey<T> with(Flag flag) {
    EnumSet<Flag> more = EnumSet.of(flag);
    more.addAll(flags);
    return new AttributeKey<>(name, type, more);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The type of the value. */
  public Class<T> type() {
    return type;
  }

  /** Whether logs print it. */
  public boolean isLoggable() {
    return flags.contains(Flag.LOGGABLE);
  }

  /** Whether spans have it. */
  public boolean isTraceable() {
    return flags.contains(Flag.TRACEABLE);
  }

  /** Whether keys are scoped by it. */
  public boolean isKeyScoping() {
    return flags.contains(Flag.KEY_SCOPING);
  }

  /** Whether outbound messages take it along. */
  public boolean isPropagated() {
    return flags.contains(Flag.PROPAGATED);
  }

  /** Whether a second, different value is refused. */
  public boolean isWriteOnce() {
    return flags.contains(Flag.WRITE_ONCE);
  }

  /** Whether the other key of the same name has the same type and flags too. */
  public boolean isSameAs(AttributeKey<?> other) {
    return type == other.type && flags.equals(other.flags);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeKey<?> key && key.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
