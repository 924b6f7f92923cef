// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An event of a Kinesis or DynamoDB stream.
 *
 * @param records its records, all of one shard
 * @param window its tumbling window, perhaps not present
 */
record StreamEvent<R extends BatchRecord>(List<R> records, StreamWindow window) {

  /** Reads one record, whose object has begun, up to its end. */
  @FunctionalInterface
  interface RecordReader<R> {
    R read(EventParser in, int index, StreamWindow window) throws IOException;
  }

  /**
   * Reads an event.
   *
   * @param kind what it should be
   * @throws MalformedEventException if it is something else
   */
  static <R extends BatchRecord> StreamEvent<R> read(
      byte[] event, String kind, RecordReader<R> reader) {
    return EventParser.read(event, kind, in -> members(in, reader));
  }

  private static <R extends BatchRecord> StreamEvent<R> members(
      EventParser in, RecordReader<R> reader) throws IOException {
    StreamWindow window = new StreamWindow();
    List<R> records = null;
    for (String name = in.member(); name != null; name = in.member()) {
      if (name.equals("Records")) {
        in.require(records == null, "one member", "\"Records\"");
        records = records(in, reader, window);
      } else if (!window.read(name, in)) {
        in.skip();
      }
    }
    in.require(records != null || window.isPresent(), "an array", "\"Records\"");
    return new StreamEvent<>(records == null ? List.of() : records, window);
  }

  private static <R> List<R> records(EventParser in, RecordReader<R> reader, StreamWindow window)
      throws IOException {
    List<R> records = new ArrayList<>();
    if (in.array()) {
      while (in.element(records.size())) {
        records.add(reader.read(in, records.size(), window));
      }
    }
    return records;
  }
}
