// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.idempotency.dynamodb.DynamoDbStoreException.Reason;
import dev.powertools.idempotency.dynamodb.Transport.Expressions;
import dev.powertools.idempotency.dynamodb.Value.Bytes;
import dev.powertools.idempotency.dynamodb.Value.Text;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a record is an item, and the conditions of the claim protocol are expressions. Immutable.
 *
 * <p>The attributes that AWS Powertools knows mean what they mean there, in its units: the expiry
 * is in seconds and the end of the lease in milliseconds, and each is compared with {@code now} in
 * its own unit, cut off as {@link StoredRecord#isFreeAt} cuts it off. What it does not know is in
 * attributes that it ignores. {@code content} is written only where it is no plain result.
 */
final class Layout {

  private static final long FORMAT = 1;
  private static final String IN_PROGRESS = "INPROGRESS";
  private static final String COMPLETED = "COMPLETED";

  /** Of an item, names and values together: 400 KB, which are of 1024 bytes. */
  private static final int LARGEST_ITEM = 400 * 1024;

  private static final int LONGEST_KEYS = 2048 + 1024;

  /** Owner (a request id and a token), hash for validation, three numbers, the words. */
  private static final int LONGEST_OTHERS = 1024;

  private final DynamoDbOptions options;
  private final String partitionValue;

  /**
   * The layout of a table.
   *
   * @param function the function's name, for the default value of the partition key
   */
  Layout(DynamoDbOptions options, String function) {
    this.options = options;
    this.partitionValue = options.partitionValue().orElse("idempotency#" + function);
  }

  /** How many bytes of data fit into an item whatever else a record holds. */
  static int maxDataBytes(DynamoDbOptions options) {
    int names = 0;
    for (String name : options.attributes()) {
      names += name.getBytes(StandardCharsets.UTF_8).length;
    }
    return LARGEST_ITEM - names - LONGEST_KEYS - LONGEST_OTHERS;
  }

  Map<String, Value> key(StoredRecord record) {
    return key(record.id());
  }

  Map<String, Value> key(String id) {
    return options
        .sortKeyAttribute()
        .map(sort -> Map.of(options.keyAttribute(), Value.of(partitionValue), sort, Value.of(id)))
        .orElseGet(() -> Map.of(options.keyAttribute(), Value.of(id)));
  }

  Map<String, Value> item(StoredRecord record) {
    Map<String, Value> item = new LinkedHashMap<>(key(record));
    attributes(record)
        .forEach(
            (name, value) -> {
              if (value != null) {
                item.put(name, value);
              }
            });
    return item;
  }

  /** All attributes but the key; null for what the record has not. */
  private Map<String, @Nullable Value> attributes(StoredRecord record) {
    Content content = record.content();
    Map<String, @Nullable Value> all = new LinkedHashMap<>();
    all.put(options.statusAttribute(), Value.of(status(record)));
    all.put(options.expiryAttribute(), Value.of(record.expiry().getEpochSecond()));
    all.put(options.leaseAttribute(), millis(record.leaseEnd()));
    all.put(options.dataAttribute(), record.data().map(d -> data(content, d)).orElse(null));
    all.put(options.validationAttribute(), record.validation().map(Value::of).orElse(null));
    all.put(options.ownerAttribute(), record.owner().map(Value::of).orElse(null));
    all.put(options.claimedAtAttribute(), millis(record.claimedAt()));
    all.put(
        options.contentAttribute(), content == Content.RESULT ? null : Value.of(content.name()));
    all.put(options.formatAttribute(), Value.of(FORMAT));
    return all;
  }

  private static String status(StoredRecord record) {
    return record.status() == Status.IN_PROGRESS ? IN_PROGRESS : COMPLETED;
  }

  private static @Nullable Value millis(Optional<Instant> time) {
    return time.map(t -> Value.of(t.toEpochMilli())).orElse(null);
  }

  private static Value data(Content content, byte[] data) {
    return content == Content.COMPRESSED_RESULT
        ? new Bytes(data)
        : Value.of(new String(data, StandardCharsets.UTF_8));
  }

  /** Nothing is there, or what is there is free. */
  Expressions mayClaim(Instant now) {
    return new Expressions(
        "attribute_not_exists(#id) OR #expiry < :now OR (attribute_exists(#lease)"
            + " AND #lease < :now_ms AND #status = :in_progress)",
        Map.of(
            "#id", options.keyAttribute(),
            "#expiry", options.expiryAttribute(),
            "#lease", options.leaseAttribute(),
            "#status", options.statusAttribute()),
        Map.of(
            ":now", Value.of(now.getEpochSecond()),
            ":now_ms", Value.of(now.toEpochMilli()),
            ":in_progress", Value.of(IN_PROGRESS)));
  }

  /** An update and its condition. */
  record Update(String update, Expressions expressions) {}

  /** Puts a record in the place of what its owner has there. */
  Update complete(StoredRecord completed) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Value> values = new LinkedHashMap<>();
    StringBuilder set = new StringBuilder();
    StringBuilder remove = new StringBuilder();
    attributes(completed)
        .forEach(
            (name, value) -> {
              String number = Integer.toString(names.size());
              names.put("#a" + number, name);
              if (value == null) {
                remove.append(remove.length() == 0 ? " REMOVE #a" : ", #a").append(number);
              } else {
                set.append(set.length() == 0 ? "SET #a" : ", #a").append(number);
                set.append(" = :v").append(number);
                values.put(":v" + number, value);
              }
            });
    names.put("#owner", options.ownerAttribute());
    values.put(":owner", owner(completed));
    return new Update(set + remove.toString(), new Expressions("#owner = :owner", names, values));
  }

  /** What is there is its owner's, and still in progress. */
  Expressions mayRelease(StoredRecord claim) {
    return new Expressions(
        "#owner = :owner AND #status = :in_progress",
        Map.of("#owner", options.ownerAttribute(), "#status", options.statusAttribute()),
        Map.of(":owner", owner(claim), ":in_progress", Value.of(IN_PROGRESS)));
  }

  /** No record has an empty owner. */
  private static Value owner(StoredRecord record) {
    return Value.of(record.owner().orElse(""));
  }

  /** The record that an item is; empty if it is none, for what is replaced and of no more use. */
  Optional<StoredRecord> readIfPossible(Map<String, Value> item) {
    try {
      return Optional.of(read(item));
    } catch (DynamoDbStoreException e) {
      return Optional.empty();
    }
  }

  /**
   * The record that an item is, ours or another library's.
   *
   * @throws DynamoDbStoreException if it is none
   */
  StoredRecord read(Map<String, Value> item) {
    String id = text(item, options.sortKeyAttribute().orElse(options.keyAttribute()));
    try {
      return read(Optional.ofNullable(id).orElseThrow(), item);
    } catch (RuntimeException e) {
      throw new DynamoDbStoreException(
          Reason.UNREADABLE,
          "The item "
              + id
              + " of the DynamoDB table "
              + options.table()
              + " is no record that this version can read: "
              + e.getMessage()
              + ". Its work was not begun. Give idempotency a table of its own, or correct"
              + " the names of the attributes, or delete the item.",
          e);
    }
  }

  private StoredRecord read(String id, Map<String, Value> item) {
    Long format = number(item, options.formatAttribute());
    if (format != null && format > FORMAT) {
      throw new IllegalArgumentException("its format is " + format + ", and we know " + FORMAT);
    }
    Long expiry = number(item, options.expiryAttribute());
    if (expiry == null) {
      throw new IllegalArgumentException("it has no " + options.expiryAttribute());
    }
    String content = text(item, options.contentAttribute());
    return StoredRecord.builder(id, readStatus(item), Instant.ofEpochSecond(expiry))
        .owner(text(item, options.ownerAttribute()))
        .claimedAt(time(item, options.claimedAtAttribute()))
        .leaseEnd(time(item, options.leaseAttribute()))
        .content(content == null ? Content.RESULT : Content.valueOf(content))
        .data(bytes(item, options.dataAttribute()))
        .validation(text(item, options.validationAttribute()))
        .build();
  }

  private Status readStatus(Map<String, Value> item) {
    String status = text(item, options.statusAttribute());
    if (COMPLETED.equals(status)) {
      return Status.COMPLETED;
    }
    if (IN_PROGRESS.equals(status)) {
      return Status.IN_PROGRESS;
    }
    throw new IllegalArgumentException("its " + options.statusAttribute() + " is " + status);
  }

  private static @Nullable String text(Map<String, Value> item, String name) {
    return item.get(name) instanceof Text text ? text.text() : null;
  }

  private static @Nullable Long number(Map<String, Value> item, String name) {
    return item.get(name) instanceof Value.Digits number
        ? Long.valueOf(new BigDecimal(number.digits()).longValue())
        : null;
  }

  private static @Nullable Instant time(Map<String, Value> item, String name) {
    Long millis = number(item, name);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static byte @Nullable [] bytes(Map<String, Value> item, String name) {
    Value value = item.get(name);
    if (value instanceof Bytes bytes) {
      return bytes.bytes();
    }
    String text = text(item, name);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
