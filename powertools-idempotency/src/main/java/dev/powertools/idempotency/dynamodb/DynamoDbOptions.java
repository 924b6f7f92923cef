// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which table claims and results are kept in, and under which names. Immutable and thread-safe.
 *
 * <p>Defaults: partition key {@code id} and no sort key; attributes {@code expiration}, {@code
 * in_progress_expiration}, {@code status}, {@code data} and {@code validation}, as AWS Powertools
 * has them; {@code owner}, {@code claimed_at}, {@code content} and {@code format} for what it does
 * not know; with a sort key, the partition key's value is {@code idempotency#} and the function's
 * name; the table is not checked at start.
 */
public final class DynamoDbOptions {

  private static final String OWNER = "owner";
  private static final String CLAIMED_AT = "claimed_at";
  private static final String CONTENT = "content";
  private static final String FORMAT = "format";

  private final String table;
  private final String keyAttribute;
  private final @Nullable String sortKeyAttribute;
  private final @Nullable String partitionValue;
  private final String expiryAttribute;
  private final String leaseAttribute;
  private final String statusAttribute;
  private final String dataAttribute;
  private final String validationAttribute;
  private final boolean verified;

  private DynamoDbOptions(Builder builder) {
    this.table = builder.table;
    this.keyAttribute = builder.keyAttribute;
    this.sortKeyAttribute = builder.sortKeyAttribute;
    this.partitionValue = builder.partitionValue;
    this.expiryAttribute = builder.expiryAttribute;
    this.leaseAttribute = builder.leaseAttribute;
    this.statusAttribute = builder.statusAttribute;
    this.dataAttribute = builder.dataAttribute;
    this.validationAttribute = builder.validationAttribute;
    this.verified = builder.verified;
  }

  /**
   * All defaults.
   *
   * @param table the table's name or ARN
   */
  public static DynamoDbOptions of(String table) {
    return builder(table).build();
  }

  /**
   * A builder with the defaults.
   *
   * @param table the table's name or ARN
   */
  public static Builder builder(String table) {
    return new Builder(table);
  }

  /** The table's name or ARN. */
  public String table() {
    return table;
  }

  /** The partition key's name. */
  public String keyAttribute() {
    return keyAttribute;
  }

  /** The sort key's name; empty if the table has none. */
  public Optional<String> sortKeyAttribute() {
    return Optional.ofNullable(sortKeyAttribute);
  }

  /** The partition key's value where there is a sort key; empty for the default. */
  public Optional<String> partitionValue() {
    return Optional.ofNullable(partitionValue);
  }

  /** Holds the expiry, in seconds; the table's TTL attribute. */
  public String expiryAttribute() {
    return expiryAttribute;
  }

  /** Holds the end of the lease, in milliseconds. */
  public String leaseAttribute() {
    return leaseAttribute;
  }

  /** Holds how far the work is. */
  public String statusAttribute() {
    return statusAttribute;
  }

  /** Holds the result. */
  public String dataAttribute() {
    return dataAttribute;
  }

  /** Holds the hash of the validated part of the payload. */
  public String validationAttribute() {
    return validationAttribute;
  }

  /** Whether the table is checked at start. */
  public boolean isVerified() {
    return verified;
  }

  String ownerAttribute() {
    return OWNER;
  }

  String claimedAtAttribute() {
    return CLAIMED_AT;
  }

  String contentAttribute() {
    return CONTENT;
  }

  String formatAttribute() {
    return FORMAT;
  }

  /** All names of attributes. */
  List<String> attributes() {
    List<String> names = new ArrayList<>();
    names.add(keyAttribute);
    sortKeyAttribute().ifPresent(names::add);
    names.addAll(List.of(expiryAttribute, leaseAttribute, statusAttribute, dataAttribute));
    names.addAll(List.of(validationAttribute, OWNER, CLAIMED_AT, CONTENT, FORMAT));
    return names;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private static final int LONGEST_NAME = 255;

    private final String table;
    private String keyAttribute = "id";
    private @Nullable String sortKeyAttribute;
    private @Nullable String partitionValue;
    private String expiryAttribute = "expiration";
    private String leaseAttribute = "in_progress_expiration";
    private String statusAttribute = "status";
    private String dataAttribute = "data";
    private String validationAttribute = "validation";
    private boolean verified;

    private Builder(String table) {
      this.table = Objects.requireNonNull(table);
    }

    /** The partition key's name; {@code id} by default. */
    public Builder keyAttribute(String value) {
      this.keyAttribute = Objects.requireNonNull(value);
      return this;
    }

    /** The sort key's name, which holds the record's id then; no sort key by default. */
    public Builder sortKeyAttribute(String value) {
      this.sortKeyAttribute = Objects.requireNonNull(value);
      return this;
    }

    /**
     * The partition key's value where there is a sort key; {@code idempotency#} and the function's
     * name by default.
     */
    public Builder partitionValue(String value) {
      this.partitionValue = Objects.requireNonNull(value);
      return this;
    }

    /** Holds the expiry, in seconds: the table's TTL attribute; {@code expiration} by default. */
    public Builder expiryAttribute(String value) {
      this.expiryAttribute = Objects.requireNonNull(value);
      return this;
    }

    /** Holds the lease's end, in milliseconds; {@code in_progress_expiration} by default. */
    public Builder leaseAttribute(String value) {
      this.leaseAttribute = Objects.requireNonNull(value);
      return this;
    }

    /** Holds how far the work is; {@code status} by default. */
    public Builder statusAttribute(String value) {
      this.statusAttribute = Objects.requireNonNull(value);
      return this;
    }

    /** Holds the result; {@code data} by default. */
    public Builder dataAttribute(String value) {
      this.dataAttribute = Objects.requireNonNull(value);
      return this;
    }

    /** Holds the hash of the validated part of the payload; {@code validation} by default. */
    public Builder validationAttribute(String value) {
      this.validationAttribute = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Checks the table while the function starts: that it exists, has these keys, and forgets what
     * has expired. Costs two round trips, and the permissions {@code dynamodb:DescribeTable} and
     * {@code dynamodb:DescribeTimeToLive}.
     */
    public Builder verifyTable() {
      this.verified = true;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws IllegalArgumentException if a name is empty, too long or used twice, or a partition
     *     value has no sort key
     */
    public DynamoDbOptions build() {
      if (table.isBlank()) {
        throw new IllegalArgumentException("The table needs a name");
      }
      if (partitionValue != null && (sortKeyAttribute == null || partitionValue.isEmpty())) {
        throw new IllegalArgumentException(
            "partitionValue \""
                + partitionValue
                + "\" must be some text, and is for tables with a sort key: set sortKeyAttribute");
      }
      DynamoDbOptions options = new DynamoDbOptions(this);
      Set<String> seen = new HashSet<>();
      for (String name : options.attributes()) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !seen.add(name)) {
          throw new IllegalArgumentException(
              "The attribute name \""
                  + name
                  + "\" is empty, longer than 255 characters, or used twice among "
                  + options.attributes());
        }
      }
      return options;
    }
  }
}
