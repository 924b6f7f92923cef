// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The type of a result, generic ones too: {@code ResultType.of(Receipt.class)}, or {@code new
 * ResultType<List<Receipt>>() {}}. Immutable; equal if the types are.
 *
 * @param <T> the type
 */
public abstract class ResultType<T> {

  private final Type type;

  /** Takes the type from the subclass's declaration. */
  protected ResultType() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType self)) {
      throw new IllegalArgumentException("Write new ResultType<TheType>() {}, with the type");
    }
    this.type = self.getActualTypeArguments()[0];
  }

  private ResultType(Type type) {
    this.type = type;
  }

  /** The type that a class is. */
  public static <T> ResultType<T> of(Class<T> type) {
    return new ResultType<T>(type) {};
  }

  /** The type. */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof ResultType<?> that && that.type.equals(type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
