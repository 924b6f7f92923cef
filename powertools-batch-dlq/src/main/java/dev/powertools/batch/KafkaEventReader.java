// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads events of Kafka topics. Confined to one thread. */
final class KafkaEventReader {

  private final EventParser in;
  private final List<KafkaRecord> records = new ArrayList<>();

  private KafkaEventReader(EventParser in) {
    this.in = in;
  }

  /**
   * Reads an event.
   *
   * @return its records, those of a partition in their order
   * @throws MalformedEventException if it is not an event of Kafka
   */
  static List<KafkaRecord> read(byte[] event) {
    return EventParser.read(event, "An event of Kafka", in -> new KafkaEventReader(in).event());
  }

  private List<KafkaRecord> event() throws IOException {
    String arn = null;
    String servers = null;
    boolean found = false;
    for (String member = in.member(); member != null; member = in.member()) {
      switch (member) {
        case "eventSourceArn" -> arn = in.text();
        case "bootstrapServers" -> servers = in.text();
        case "records" -> {
          in.require(!found, "one member", "\"records\"");
          found = true;
          partitions();
        }
        default -> in.skip();
      }
    }
    in.require(found, "an object", "\"records\"");
    String source = Objects.requireNonNullElse(arn, "");
    String cluster = Objects.requireNonNullElse(servers, "");
    records.replaceAll(record -> record.of(source, cluster)); // which may stand behind them
    return records;
  }

  private void partitions() throws IOException {
    if (!in.object()) {
      return;
    }
    for (String lane = in.member(); lane != null; lane = in.member()) {
      if (in.array()) {
        while (in.element(records.size())) {
          records.add(record(lane));
        }
      }
    }
  }

  private KafkaRecord record(String lane) throws IOException {
    int start = in.start();
    int index = records.size();
    String topic = null;
    long partition = -1;
    long offset = -1;
    Instant made = null;
    RecordBytes key = RecordBytes.NONE;
    RecordBytes value = RecordBytes.NONE;
    List<Map.Entry<String, byte[]>> headers = List.of();
    for (String member = in.member(); member != null; member = in.member()) {
      switch (member) {
        case "topic" -> topic = in.text();
        case "partition" -> partition = in.whole();
        case "offset" -> offset = in.whole();
        case "timestamp" -> made = Instant.ofEpochMilli(in.whole());
        case "key" -> key = in.bytes();
        case "value" -> value = in.bytes();
        case "headers" -> headers = headers();
        default -> in.skip();
      }
    }
    in.require(offset >= 0, "a whole number", "\"offset\" of record " + index);
    in.require(partition >= 0, "a whole number", "\"partition\" of record " + index);
    return new KafkaRecord(
        "",
        "",
        lane,
        in.required(topic, "topic", index),
        (int) partition,
        offset,
        made,
        key,
        value,
        headers,
        in.since(start));
  }

  private List<Map.Entry<String, byte[]>> headers() throws IOException {
    List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
    if (in.array()) {
      while (in.element(records.size())) {
        for (String name = in.member(); name != null; name = in.member()) {
          headers.add(Map.entry(name, octets()));
        }
      }
    }
    return headers;
  }

  private byte[] octets() throws IOException {
    List<Byte> octets = new ArrayList<>();
    if (in.array()) {
      for (Byte octet = in.octet(); octet != null; octet = in.octet()) {
        octets.add(octet);
      }
    }
    byte[] bytes = new byte[octets.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Objects.requireNonNull(octets.get(i));
    }
    return bytes;
  }
}
