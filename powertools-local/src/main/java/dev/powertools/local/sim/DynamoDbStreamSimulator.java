// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.VirtualClock;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a DynamoDB table, with new and old images, and its event source mapping. It knows
 * no items: what was there before is the caller's to say. Records are kept for a day.
 *
 * <p>Attribute values are plain: text, numbers, booleans, {@code byte[]}, lists, maps and null.
 * Sequence numbers have 20 digits at first and 21 soon after.
 */
public final class DynamoDbStreamSimulator extends StreamSimulator {

  private static final int SEQUENCE_DIGITS = 20;

  private final VirtualClock clock;
  private final DynamoDbStreamSource source;
  private final StreamSequences sequences;
  private final int shards;
  private int sent;

  private DynamoDbStreamSimulator(
      VirtualClock clock,
      DynamoDbStreamSource source,
      StreamMapping mapping,
      StreamOptions options) {
    super(mapping);
    this.clock = clock;
    this.source = source;
    this.sequences = new StreamSequences(SEQUENCE_DIGITS, options.seed());
    this.shards = options.shards();
  }

  /** A stream whose mapping is yet to be started. */
  public static DynamoDbStreamSimulator of(
      String table, VirtualClock clock, EventFunction function, StreamOptions options) {
    DynamoDbStreamSource source = DynamoDbStreamSource.named(table, clock.now());
    StreamMapping mapping = new StreamMapping(clock, source, function, options);
    return new DynamoDbStreamSimulator(clock, source, mapping, options);
  }

  /** An item was put that was not there. */
  public StreamRecord insert(Map<String, ?> keys, Map<String, ?> newImage) {
    return send("INSERT", keys, newImage, null);
  }

  /** An item was changed. */
  public StreamRecord modify(
      Map<String, ?> keys, Map<String, ?> oldImage, Map<String, ?> newImage) {
    return send("MODIFY", keys, newImage, oldImage);
  }

  /** An item was deleted. */
  public StreamRecord remove(Map<String, ?> keys, Map<String, ?> oldImage) {
    return send("REMOVE", keys, null, oldImage);
  }

  private synchronized StreamRecord send(
      String eventName,
      Map<String, ?> keys,
      @Nullable Map<String, ?> newImage,
      @Nullable Map<String, ?> oldImage) {
    DynamoDbChange change = new DynamoDbChange(eventName, keys, newImage, oldImage);
    String key = DynamoDbStreamSource.key(change);
    String shard = DynamoDbStreamSource.shard(StreamShards.of(key, shards));
    BigInteger sequence = sequences.next();
    Instant now = clock.now();
    int number = ++sent;
    byte[] json = source.record(change, String.format("%032x", number), sequence, now);
    StreamRecord record = new StreamRecord(number, shard, sequence, key, now, json);
    append(record);
    return record;
  }
}
