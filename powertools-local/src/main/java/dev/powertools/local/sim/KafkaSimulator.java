// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import dev.powertools.local.VirtualClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka topic and its event source mapping in provisioned mode, which the error handling controls
 * need. {@link StreamOptions.Builder#shards} is the number of partitions, {@link
 * StreamOptions.Builder#parallelizationFactor} that of the pollers that share them; a poller's
 * batch may hold records of several partitions, and what fails of it blocks them all. Retries
 * without limit and a destination together end after ten retries. Records are kept for seven days.
 *
 * <p>Offsets of each partition begin at 8, so that they soon have one digit more.
 */
public final class KafkaSimulator extends StreamSimulator {

  private static final int FIRST_OFFSET = 8;

  private final String topic;
  private final VirtualClock clock;
  private final int[] offsets;
  private int sent;

  private KafkaSimulator(
      String topic, VirtualClock clock, StreamMapping mapping, StreamOptions options) {
    super(mapping);
    this.topic = topic;
    this.clock = clock;
    this.offsets = new int[options.shards()];
    Arrays.fill(offsets, FIRST_OFFSET);
  }

  /** A topic of Amazon MSK, whose mapping is yet to be started. */
  public static KafkaSimulator of(
      String topic, VirtualClock clock, EventFunction function, StreamOptions options) {
    return of(topic, clock, new KafkaSource(false), function, options);
  }

  /** A topic of a cluster of one's own, whose mapping is yet to be started. */
  public static KafkaSimulator selfManaged(
      String topic, VirtualClock clock, EventFunction function, StreamOptions options) {
    return of(topic, clock, new KafkaSource(true), function, options);
  }

  private static KafkaSimulator of(
      String topic,
      VirtualClock clock,
      KafkaSource source,
      EventFunction function,
      StreamOptions options) {
    StreamMapping mapping = new StreamMapping(clock, source, function, options);
    return new KafkaSimulator(topic, clock, mapping, options);
  }

  /** Sends a record of text to the partition of its key. */
  public StreamRecord send(String key, String value) {
    return send(key, bytes(value));
  }

  /** Sends a record to the partition of its key. */
  public StreamRecord send(String key, byte[] value) {
    int partition = Math.floorMod(key.hashCode(), offsets.length);
    return send(partition, bytes(key), value, Map.of());
  }

  /**
   * Sends a record to a partition.
   *
   * @param key its key; null if it has none
   * @param value its value; null for a tombstone
   * @param headers its headers, as text
   * @throws IllegalArgumentException if the topic has no such partition
   */
  public synchronized StreamRecord send(
      int partition, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
    if (partition < 0 || partition >= offsets.length) {
      throw new IllegalArgumentException(
          "partition is '" + partition + "': expected 0 to " + (offsets.length - 1));
    }
    int offset = offsets[partition]++;
    Instant now = clock.now();
    byte[] json = record(partition, offset, now, key, value, headers);
    StreamRecord record =
        new StreamRecord(
            ++sent,
            topic + "-" + partition,
            BigInteger.valueOf(offset),
            key == null ? "" : new String(key, StandardCharsets.UTF_8),
            now,
            json);
    append(record);
    return record;
  }

  private byte[] record(
      int partition,
      int offset,
      Instant now,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Map<String, String> headers) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("topic").value(topic);
    json.name("partition").value(partition);
    json.name("offset").value(offset);
    json.name("timestamp").value(now.toEpochMilli());
    json.name("timestampType").value("CREATE_TIME");
    json.name("key").value(base64(key));
    json.name("value").value(base64(value));
    json.name("headers").beginArray();
    headers.forEach((name, text) -> header(json, name, bytes(text)));
    json.endArray();
    return json.endObject().toByteArray();
  }

  /** A header's value is a list of signed numbers, one for each byte. */
  private static void header(JsonWriter json, String name, byte[] value) {
    json.beginObject().name(name).beginArray();
    for (byte b : value) {
      json.value(b);
    }
    json.endArray().endObject();
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
