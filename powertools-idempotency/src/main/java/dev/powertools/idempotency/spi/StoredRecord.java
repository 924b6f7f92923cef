// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps for one key: that its work is in progress, or what it came to. Immutable and
 * thread-safe; nobody changes the bytes of {@link #data()}.
 *
 * <p>Times have the precision that stores keep: the expiry whole seconds, the others milliseconds.
 */
public final class StoredRecord {

  private final String id;
  private final Status status;
  private final Instant expiry;
  private final @Nullable String owner;
  private final @Nullable Instant claimedAt;
  private final @Nullable Instant leaseEnd;
  private final Content content;
  private final byte @Nullable [] data;
  private final @Nullable String validation;

  private StoredRecord(Builder builder) {
    this.id = builder.id;
    this.status = builder.status;
    this.expiry = builder.expiry.truncatedTo(ChronoUnit.SECONDS);
    this.owner = builder.owner;
    this.claimedAt = millis(builder.claimedAt);
    this.leaseEnd = millis(builder.leaseEnd);
    this.content = builder.content;
    this.data = builder.data;
    this.validation = builder.validation;
  }

  private static @Nullable Instant millis(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** How far the work is. */
  public enum Status {
    /** Somebody holds the claim. */
    IN_PROGRESS,
    /** The work is done. */
    COMPLETED
  }

  /** What a completed record holds. */
  public enum Content {
    /** The result, as UTF-8 JSON. */
    RESULT,
    /** The result, compressed: any bytes. */
    COMPRESSED_RESULT,
    /** Where the result is kept instead, as UTF-8 text: it is too large for a record. */
    SPILLED_RESULT,
    /** Nothing: the work is done, but its result could not be stored. */
    NOT_KEPT,
    /** How the work failed, as UTF-8 JSON: it must not be tried again before the expiry. */
    FAILURE
  }

  /**
   * Begins a record.
   *
   * @param id the key's id
   * @param status how far the work is
   * @param expiry until when the record counts; fractions of a second are dropped
   */
  public static Builder builder(String id, Status status, Instant expiry) {
    return new Builder(id, status, expiry);
  }

  /** A builder with all of this. */
  public Builder toBuilder() {
    Builder builder = new Builder(id, status, expiry);
    builder.owner = owner;
    builder.claimedAt = claimedAt;
    builder.leaseEnd = leaseEnd;
    builder.content = content;
    builder.data = data;
    builder.validation = validation;
    return builder;
  }

  /**
   * Whether a claim may replace this record. Here alone expiry and lease are compared with a clock:
   * a record has expired when its expiry second is over, a lease is over when its last millisecond
   * is. A record in progress without a lease (another library wrote it) is free when it has
   * expired.
   */
  public boolean isFreeAt(Instant now) {
    return isExpiredAt(now) || isLeaseOverAt(now);
  }

  /** Whether the record no longer counts, so that a store may forget it. */
  public boolean isExpiredAt(Instant now) {
    return expiry.getEpochSecond() < now.getEpochSecond();
  }

  private boolean isLeaseOverAt(Instant now) {
    return status == Status.IN_PROGRESS
        && leaseEnd != null
        && leaseEnd.toEpochMilli() < now.toEpochMilli();
  }

  /** Whether the claim with this owner token wrote the record. */
  public boolean isOwnedBy(@Nullable String token) {
    return owner != null && owner.equals(token);
  }

  /** The key's id. */
  public String id() {
    return id;
  }

  /** How far the work is. */
  public Status status() {
    return status;
  }

  /** Until when the record counts. */
  public Instant expiry() {
    return expiry;
  }

  /** The token of the claim that wrote the record; empty if another library did. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  /** When the claim was made. */
  public Optional<Instant> claimedAt() {
    return Optional.ofNullable(claimedAt);
  }

  /** Until when the holder of the claim is left alone. */
  public Optional<Instant> leaseEnd() {
    return Optional.ofNullable(leaseEnd);
  }

  /** What a completed record holds; {@link Content#RESULT} while in progress. */
  public Content content() {
    return content;
  }

  /** What {@link #content()} says; empty if a result is {@code null} or {@code void}. */
  public Optional<byte[]> data() {
    return Optional.ofNullable(data);
  }

  /** The hash of the validated part of the payload. */
  public Optional<String> validation() {
    return Optional.ofNullable(validation);
  }

  @Override
  public String toString() {
    return status + " " + id + " owner " + owner + " lease " + leaseEnd + " expiry " + expiry;
  }

  /** Collects what is in a record. Confined to one thread. */
  public static final class Builder {

    private final String id;
    private Status status;
    private Instant expiry;
    private @Nullable String owner;
    private @Nullable Instant claimedAt;
    private @Nullable Instant leaseEnd;
    private Content content = Content.RESULT;
    private byte @Nullable [] data;
    private @Nullable String validation;

    private Builder(String id, Status status, Instant expiry) {
      this.id = Objects.requireNonNull(id, "id");
      this.status = Objects.requireNonNull(status, "status");
      this.expiry = Objects.requireNonNull(expiry, "expiry");
    }

    /** How far the work is. */
    public Builder status(Status value) {
      this.status = Objects.requireNonNull(value);
      return this;
    }

    /** Until when the record counts; fractions of a second are dropped. */
    public Builder expiry(Instant value) {
      this.expiry = Objects.requireNonNull(value);
      return this;
    }

    /** The token of the claim. */
    public Builder owner(@Nullable String value) {
      this.owner = value;
      return this;
    }

    /** When the claim was made; fractions of a millisecond are dropped. */
    public Builder claimedAt(@Nullable Instant value) {
      this.claimedAt = value;
      return this;
    }

    /** The end of the lease; fractions of a millisecond are dropped. */
    public Builder leaseEnd(@Nullable Instant value) {
      this.leaseEnd = value;
      return this;
    }

    /** What the record holds. */
    public Builder content(Content value) {
      this.content = Objects.requireNonNull(value);
      return this;
    }

    /** The result's bytes, which belong to the record from here on. */
    public Builder data(byte @Nullable [] value) {
      this.data = value;
      return this;
    }

    /** The hash of the validated part of the payload. */
    public Builder validation(@Nullable String value) {
      this.validation = value;
      return this;
    }

    /** Makes the record. */
    public StoredRecord build() {
      return new StoredRecord(this);
    }
  }
}
