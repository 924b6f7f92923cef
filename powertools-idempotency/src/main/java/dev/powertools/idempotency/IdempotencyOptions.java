// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.spi.IdempotencyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How work is done once. Immutable and thread-safe. For {@link Idempotency}; and, as a part of the
 * runtime, what holds for every {@link Idempotent} method beside the annotation's own attributes.
 *
 * <p>Defaults: no name, expiry 1 h, the runtime's store, 15 min of lease where there is no
 * deadline, and a lost claim is thrown.
 */
public final class IdempotencyOptions {

  private static final IdempotencyOptions DEFAULTS = new Builder().build();

  private final String name;
  private final Duration expiry;
  private final @Nullable IdempotencyStore store;
  private final Duration leaseWithoutDeadline;
  private final WhenLost whenLost;

  private IdempotencyOptions(Builder builder) {
    this.name = builder.name;
    this.expiry = builder.expiry;
    this.store = builder.store;
    this.leaseWithoutDeadline = builder.leaseWithoutDeadline;
    this.whenLost = builder.whenLost;
  }

  /** What a caller gets whose claim was taken over while it worked. */
  public enum WhenLost {
    /** {@link ClaimLostException}: the result that counts is another's. */
    THROW,
    /** Its own result, which nobody else will see. */
    RETURN
  }

  /** All defaults. */
  public static IdempotencyOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.name = name;
    builder.expiry = expiry;
    builder.store = store;
    builder.leaseWithoutDeadline = leaseWithoutDeadline;
    builder.whenLost = whenLost;
    return builder;
  }

  /** The name of the work; empty if it has none. */
  public String name() {
    return name;
  }

  /** How long a result counts, from the end of the work. */
  public Duration expiry() {
    return expiry;
  }

  /** Where claims and results are kept; empty for the runtime's store. */
  public Optional<IdempotencyStore> store() {
    return Optional.ofNullable(store);
  }

  /** How long a claim is left alone where no platform sets a deadline. */
  public Duration leaseWithoutDeadline() {
    return leaseWithoutDeadline;
  }

  /** What a caller gets whose claim was taken over. */
  public WhenLost whenLost() {
    return whenLost;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private String name = "";
    private Duration expiry = Duration.ofHours(1);
    private @Nullable IdempotencyStore store;
    private Duration leaseWithoutDeadline = Duration.ofMinutes(15);
    private WhenLost whenLost = WhenLost.THROW;

    private Builder() {}

    /** The name of the work, a part of every key. */
    public Builder name(String value) {
      this.name = Objects.requireNonNull(value);
      return this;
    }

    /** How long a result counts, from the end of the work; 1 h by default. */
    public Builder expiry(Duration value) {
      this.expiry = value;
      return this;
    }

    /** Where claims and results are kept; the runtime's store by default. */
    public Builder store(IdempotencyStore value) {
      this.store = Objects.requireNonNull(value);
      return this;
    }

    /**
     * How long a claim is left alone where no platform sets a deadline; 15 min by default. Work
     * that takes longer may be done twice at once.
     */
    public Builder leaseWithoutDeadline(Duration value) {
      this.leaseWithoutDeadline = value;
      return this;
    }

    /** What a caller gets whose claim was taken over; {@link WhenLost#THROW} by default. */
    public Builder whenLost(WhenLost value) {
      this.whenLost = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws IllegalArgumentException if a length of time is not positive
     */
    public IdempotencyOptions build() {
      requirePositive("expiry", expiry);
      requirePositive("leaseWithoutDeadline", leaseWithoutDeadline);
      return new IdempotencyOptions(this);
    }

    private static void requirePositive(String what, Duration value) {
      if (value.isZero() || value.isNegative()) {
        throw new IllegalArgumentException(what + " must be longer than zero, and is " + value);
      }
    }
  }
}
