// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.json.JsonPointer;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How work is done once. Immutable and thread-safe. For {@link Idempotency}; and, as a part of the
 * runtime, what holds for every {@link Idempotent} method beside the annotation's own attributes.
 *
 * <p>Defaults: no name, expiry 1 h, the runtime's store, a lease until the deadline (15 min where
 * there is none), in progress fails, exceptions release, no validation, no fallback, a store that
 * fails or a missing key fails the call, a lost claim is thrown, and no local cache.
 */
public final class IdempotencyOptions {

  private static final IdempotencyOptions DEFAULTS = new Builder().build();

  private final String name;
  private final Duration expiry;
  private final @Nullable IdempotencyStore store;
  private final @Nullable Duration lease;
  private final boolean leaseUntilExpiry;
  private final Duration leaseWithoutDeadline;
  private final WhenInProgress whenInProgress;
  private final OnException onException;
  private final List<String> validate;
  private final WhenStoreFails whenStoreFails;
  private final WhenKeyMissing whenKeyMissing;
  private final WhenLost whenLost;
  private final @Nullable ResultFallback fallback;
  private final int localCache;
  private final KeyFormat keyFormat;
  private final SharedKeys sharedKeys;

  private IdempotencyOptions(Builder builder) {
    this.name = builder.name;
    this.expiry = builder.expiry;
    this.store = builder.store;
    this.lease = builder.lease;
    this.leaseUntilExpiry = builder.leaseUntilExpiry;
    this.leaseWithoutDeadline = builder.leaseWithoutDeadline;
    this.whenInProgress = builder.whenInProgress;
    this.onException = builder.onException;
    this.validate = builder.validate;
    this.whenStoreFails = builder.whenStoreFails;
    this.whenKeyMissing = builder.whenKeyMissing;
    this.whenLost = builder.whenLost;
    this.fallback = builder.fallback;
    this.localCache = builder.localCache;
    this.keyFormat = builder.keyFormat;
    this.sharedKeys = builder.sharedKeys;
  }

  /** What a call gets while another does the work. */
  public enum WhenInProgress {
    /** {@link InProgressException}, at once. */
    FAIL,
    /**
     * The other's result, as soon as it is there; or else the work runs here, when the other has
     * failed or its lease is over. {@link InProgressException} if the time left does not suffice.
     */
    WAIT
  }

  /** What becomes of the key when the work throws. Its caller gets the exception unchanged. */
  public enum OnException {
    /** The claim is released: the next call tries the work again. */
    RELEASE,
    /**
     * Whatever the failure is, it is kept: calls until the expiry get {@link KeptFailureException},
     * and nothing runs again. Only what says that the work is being done elsewhere releases.
     */
    KEEP,
    /**
     * A failure that the runtime's {@link dev.powertools.core.Failures} call permanent is kept, and
     * later calls get {@link ReplayedFailureException}; any other releases.
     */
    REPLAY
  }

  /** What a call does when the claim can't be made because the store fails. */
  public enum WhenStoreFails {
    /** {@link IdempotencyStoreException}, and the work does not run. */
    FAIL,
    /**
     * It does the work without protection, with a warning: for work that had rather be done twice
     * than not at all. Never once another is known to do it.
     */
    RUN_UNPROTECTED
  }

  /** What a call does whose key is missing, null or empty. */
  public enum WhenKeyMissing {
    /** {@link IdempotencyKeyException}, and the work does not run. */
    FAIL,
    /** It does the work without protection; each place warns of it once. */
    RUN_UNPROTECTED
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
    builder.lease = lease;
    builder.leaseUntilExpiry = leaseUntilExpiry;
    builder.leaseWithoutDeadline = leaseWithoutDeadline;
    builder.whenInProgress = whenInProgress;
    builder.onException = onException;
    builder.validate = validate;
    builder.whenStoreFails = whenStoreFails;
    builder.whenKeyMissing = whenKeyMissing;
    builder.whenLost = whenLost;
    builder.fallback = fallback;
    builder.localCache = localCache;
    builder.keyFormat = keyFormat;
    builder.sharedKeys = sharedKeys;
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

  /** The least lease; empty if there is none. */
  public Optional<Duration> lease() {
    return Optional.ofNullable(lease);
  }

  /** Whether a claim is left alone until the expiry. */
  public boolean leaseUntilExpiry() {
    return leaseUntilExpiry;
  }

  /** How long a claim is left alone where no platform sets a deadline. */
  public Duration leaseWithoutDeadline() {
    return leaseWithoutDeadline;
  }

  /** What a call gets while another does the work. */
  public WhenInProgress whenInProgress() {
    return whenInProgress;
  }

  /** What becomes of the key when the work throws. */
  public OnException onException() {
    return onException;
  }

  /** The JSON Pointers to the parts of the payload that must be the same in each call of a key. */
  public List<String> validate() {
    return validate;
  }

  /** What a call does when the claim can't be made. */
  public WhenStoreFails whenStoreFails() {
    return whenStoreFails;
  }

  /** What a call does whose key is missing. */
  public WhenKeyMissing whenKeyMissing() {
    return whenKeyMissing;
  }

  /** What a caller gets whose claim was taken over. */
  public WhenLost whenLost() {
    return whenLost;
  }

  /** What gives a result where none was kept; empty if nothing does. */
  public Optional<ResultFallback> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** How many results each piece of work keeps in memory; 0 for none. */
  public int localCache() {
    return localCache;
  }

  /** Under which ids and in which form records are kept. */
  public KeyFormat keyFormat() {
    return keyFormat;
  }

  /** What to do about keys that can't tell tenants apart. */
  public SharedKeys sharedKeys() {
    return sharedKeys;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private String name = "";
    private Duration expiry = Duration.ofHours(1);
    private @Nullable IdempotencyStore store;
    private @Nullable Duration lease;
    private boolean leaseUntilExpiry;
    private Duration leaseWithoutDeadline = Duration.ofMinutes(15);
    private WhenInProgress whenInProgress = WhenInProgress.FAIL;
    private OnException onException = OnException.RELEASE;
    private List<String> validate = List.of();
    private WhenStoreFails whenStoreFails = WhenStoreFails.FAIL;
    private WhenKeyMissing whenKeyMissing = WhenKeyMissing.FAIL;
    private WhenLost whenLost = WhenLost.THROW;
    private @Nullable ResultFallback fallback;
    private int localCache;
    private KeyFormat keyFormat = KeyFormat.OWN;
    private SharedKeys sharedKeys = SharedKeys.REFUSE;

    private static final int MOST_DAYS = 36_500;

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
     * How long a claim is left alone at least, also after its holder was stopped; for work that
     * goes on elsewhere when the function has ended. By default the time left to the platform's
     * deadline and 2 s more, which is the least that protects: a shorter one warns once, and that
     * is used.
     */
    public Builder lease(Duration value) {
      this.lease = Objects.requireNonNull(value);
      this.leaseUntilExpiry = false;
      return this;
    }

    /** A claim is left alone until the expiry: at most once, see {@link Idempotent#lease()}. */
    public Builder leaseUntilExpiry() {
      this.lease = null;
      this.leaseUntilExpiry = true;
      return this;
    }

    /**
     * How long a claim is left alone where no platform sets a deadline and no lease is chosen; 15
     * min by default. Work that takes longer may be done twice at once.
     */
    public Builder leaseWithoutDeadline(Duration value) {
      this.leaseWithoutDeadline = value;
      return this;
    }

    /** What a call gets while another does the work; {@link WhenInProgress#FAIL} by default. */
    public Builder whenInProgress(WhenInProgress value) {
      this.whenInProgress = Objects.requireNonNull(value);
      return this;
    }

    /** What becomes of the key when the work throws; {@link OnException#RELEASE} by default. */
    public Builder onException(OnException value) {
      this.onException = Objects.requireNonNull(value);
      return this;
    }

    /**
     * JSON Pointers to the parts of the payload that must be the same in each call of a key, or
     * else {@link PayloadMismatchException} is thrown; none by default.
     */
    public Builder validate(String... pointers) {
      this.validate = List.of(pointers);
      return this;
    }

    /** What a call does when it can't be claimed; {@link WhenStoreFails#FAIL} by default. */
    public Builder whenStoreFails(WhenStoreFails value) {
      this.whenStoreFails = Objects.requireNonNull(value);
      return this;
    }

    /** What a call does whose key is missing; {@link WhenKeyMissing#FAIL} by default. */
    public Builder whenKeyMissing(WhenKeyMissing value) {
      this.whenKeyMissing = Objects.requireNonNull(value);
      return this;
    }

    /** What a caller gets whose claim was taken over; {@link WhenLost#THROW} by default. */
    public Builder whenLost(WhenLost value) {
      this.whenLost = Objects.requireNonNull(value);
      return this;
    }

    /** What gives a result where none was kept; by default {@link ResultNotKeptException}. */
    public Builder fallback(ResultFallback value) {
      this.fallback = Objects.requireNonNull(value);
      return this;
    }

    /**
     * How many results each piece of work keeps in the memory of this environment, where a replay
     * costs no request; the least recently used makes room. 0, the default, for none.
     */
    public Builder localCache(int results) {
      this.localCache = results;
      return this;
    }

    /**
     * Under which ids and in which form records are kept; {@link KeyFormat#OWN} by default. With
     * {@link KeyFormat#AWS_POWERTOOLS} the name of the work is that of the method there.
     */
    public Builder keyFormat(KeyFormat value) {
      this.keyFormat = Objects.requireNonNull(value);
      return this;
    }

    /** What to do about keys that can't tell tenants apart; they are refused by default. */
    public Builder sharedKeys(SharedKeys value) {
      this.sharedKeys = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws IllegalArgumentException if a length of time is not positive or over a hundred years,
     *     the cache negative, or a pointer none
     */
    public IdempotencyOptions build() {
      requirePositive("expiry", expiry);
      requirePositive("leaseWithoutDeadline", leaseWithoutDeadline);
      if (lease != null) {
        requirePositive("lease", lease);
      }
      if (localCache < 0) {
        throw new IllegalArgumentException("localCache must not be negative: " + localCache);
      }
      validate.forEach(Builder::requirePointer);
      return new IdempotencyOptions(this);
    }

    private static void requirePointer(String pointer) {
      try {
        JsonPointer.of(pointer);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("validate: " + e.getMessage(), e);
      }
    }

    private static void requirePositive(String what, Duration value) {
      if (value.isZero() || value.isNegative() || value.toDays() > MOST_DAYS) {
        throw new IllegalArgumentException(
            what + " must be longer than zero, " + MOST_DAYS + " days at most, and is " + value);
      }
    }
  }
}
