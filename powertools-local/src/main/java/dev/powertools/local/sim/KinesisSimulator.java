// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.VirtualClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A Kinesis data stream and its event source mapping. A record's shard is found as Kinesis does.
 * Records are kept for a day unless {@link StreamOptions.Builder#retention} says otherwise.
 *
 * <p>Sequence numbers have 55 digits at first and 56 soon after, so that code which compares them
 * as text is found out.
 */
public final class KinesisSimulator extends StreamSimulator {

  private static final int SEQUENCE_DIGITS = 55;
  private static final int MAX_KEY_CHARS = 256;

  private final VirtualClock clock;
  private final KinesisSource source;
  private final StreamSequences sequences;
  private final int shards;
  private int sent;

  private KinesisSimulator(
      VirtualClock clock, KinesisSource source, StreamMapping mapping, StreamOptions options) {
    super(mapping);
    this.clock = clock;
    this.source = source;
    this.sequences = new StreamSequences(SEQUENCE_DIGITS, options.seed());
    this.shards = options.shards();
  }

  /** A stream whose mapping is yet to be started. */
  public static KinesisSimulator of(
      String stream, VirtualClock clock, EventFunction function, StreamOptions options) {
    KinesisSource source = KinesisSource.named(stream);
    StreamMapping mapping = new StreamMapping(clock, source, function, options);
    return new KinesisSimulator(clock, source, mapping, options);
  }

  /** Puts a record of text into the stream. */
  public StreamRecord send(String partitionKey, String data) {
    return send(partitionKey, data.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Puts a record into the stream.
   *
   * @throws IllegalArgumentException if the key is empty or longer than 256 characters
   */
  public synchronized StreamRecord send(String partitionKey, byte[] data) {
    if (partitionKey.isEmpty() || partitionKey.length() > MAX_KEY_CHARS) {
      throw new IllegalArgumentException(
          "partitionKey is '" + partitionKey + "': expected 1 to " + MAX_KEY_CHARS + " characters");
    }
    String shard = KinesisSource.shard(StreamShards.of(partitionKey, shards));
    BigInteger sequence = sequences.next();
    Instant now = clock.now();
    byte[] json = source.record(shard, sequence, partitionKey, data, now);
    StreamRecord record = new StreamRecord(++sent, shard, sequence, partitionKey, now, json);
    append(record);
    return record;
  }
}
