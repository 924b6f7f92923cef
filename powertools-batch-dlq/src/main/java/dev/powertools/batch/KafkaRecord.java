// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.event.EventView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A record of a Kafka topic. Immutable.
 *
 * @param servers where the cluster is, which is all that is known of one without an ARN
 * @param lane topic and partition, as the event groups records, and as the answer names them
 * @param keyBytes the key, if it has one
 * @param valueBytes the value; none for a tombstone
 */
record KafkaRecord(
    String source,
    String servers,
    String lane,
    String topic,
    int partition,
    long offset,
    @Nullable Instant made,
    RecordBytes keyBytes,
    RecordBytes valueBytes,
    List<Map.Entry<String, byte[]>> headers,
    Supplier<byte[]> original)
    implements KafkaRecordContext, StreamRecord {

  KafkaRecord of(String arn, String bootstrapServers) {
    return new KafkaRecord(
        arn,
        bootstrapServers,
        lane,
        topic,
        partition,
        offset,
        made,
        keyBytes,
        valueBytes,
        headers,
        original);
  }

  @Override
  public String id() {
    return lane + "-" + offset;
  }

  /** Two clusters may have the same topic, one of them the other's mirror. */
  @Override
  public String workId() {
    return (source.isEmpty() ? servers : source) + "#" + id();
  }

  @Override
  public Optional<Instant> timestamp() {
    return Optional.ofNullable(made);
  }

  @Override
  public Optional<byte[]> key() {
    return keyBytes.copy();
  }

  @Override
  public Optional<String> keyText() {
    return keyBytes.text();
  }

  @Override
  public Optional<byte[]> value() {
    return valueBytes.copy();
  }

  @Override
  public Optional<String> header(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).getKey().equals(name)) {
        return Optional.of(text(headers.get(i).getValue()));
      }
    }
    return Optional.empty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A tombstone is a value only for who asks for an {@code Optional}. */
  @Override
  public Object payload(PayloadReader reader) {
    return reader.read(id(), valueBytes);
  }

  @Override
  public Optional<String> attribute(String name) {
    return switch (name) {
      case "topic" -> Optional.of(topic);
      case "partition" -> Optional.of(String.valueOf(partition));
      case "offset" -> Optional.of(String.valueOf(offset));
      default -> Optional.empty();
    };
  }

  @Override
  public EventView event() {
    return valueBytes.view();
  }

  @Override
  public String json() {
    return text(original.get());
  }

  @Override
  public String toString() {
    return "record " + id();
  }
}
