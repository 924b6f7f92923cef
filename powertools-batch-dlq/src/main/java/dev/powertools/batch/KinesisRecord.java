// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.event.EventView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A record of a Kinesis stream. Immutable, apart from the window.
 *
 * @param bytes the data
 * @param keyed whether only records of the same partition key keep their order
 */
record KinesisRecord(
    String sequenceNumber,
    String partitionKey,
    RecordBytes bytes,
    String streamArn,
    String eventId,
    @Nullable Instant arrived,
    boolean keyed,
    StreamWindow tumbling,
    Supplier<byte[]> original)
    implements KinesisRecordContext, StreamRecord {

  private static final String KIND = "A Kinesis event";

  /** The source of such records. */
  static Source<KinesisRecord> source(BatchOptions options, ShardSource.WindowEnd end) {
    boolean keyed = options.maxConcurrency() > 1;
    return new ShardSource<>(KIND, (in, index, window) -> read(in, index, window, keyed), end);
  }

  private static KinesisRecord read(EventParser in, int index, StreamWindow window, boolean keyed)
      throws IOException {
    int start = in.start();
    String arn = null;
    String eventId = null;
    Inner inner = new Inner();
    for (String name = in.member(); name != null; name = in.member()) {
      switch (name) {
        case "eventSourceARN" -> arn = in.text();
        case "eventID" -> eventId = in.text();
        case "kinesis" -> inner.read(in);
        default -> in.skip();
      }
    }
    return new KinesisRecord(
        in.required(inner.sequenceNumber, "kinesis/sequenceNumber", index),
        Objects.requireNonNullElse(inner.partitionKey, ""),
        inner.data,
        Objects.requireNonNullElse(arn, ""),
        Objects.requireNonNullElse(eventId, ""),
        inner.arrived,
        keyed,
        window,
        in.since(start));
  }

  /** What the member {@code kinesis} holds. */
  private static final class Inner {
    private @Nullable String sequenceNumber;
    private @Nullable String partitionKey;
    private RecordBytes data = RecordBytes.UNREADABLE;
    private @Nullable Instant arrived;

    void read(EventParser in) throws IOException {
      if (!in.object()) {
        return;
      }
      for (String name = in.member(); name != null; name = in.member()) {
        switch (name) {
          case "sequenceNumber" -> sequenceNumber = in.text();
          case "partitionKey" -> partitionKey = in.text();
          case "data" -> data = in.bytes();
          case "approximateArrivalTimestamp" -> arrived = in.seconds();
          default -> in.skip();
        }
      }
    }
  }

  @Override
  public String id() {
    return sequenceNumber;
  }

  @Override
  public String source() {
    return streamArn;
  }

  @Override
  public String lane() {
    return keyed && !tumbling.isPresent() ? partitionKey : "";
  }

  @Override
  public boolean isCheckpoint() {
    return true;
  }

  @Override
  public byte[] data() {
    return bytes.copy().orElseGet(() -> new byte[0]);
  }

  @Override
  public Optional<Instant> arrivedAt() {
    return Optional.ofNullable(arrived);
  }

  @Override
  public Optional<Window> window() {
    return tumbling.ifPresent();
  }

  @Override
  public Object payload(PayloadReader reader) {
    return reader.read(sequenceNumber, bytes);
  }

  @Override
  public Optional<String> attribute(String name) {
    return switch (name) {
      case "eventID" -> Optional.of(eventId);
      case "sequenceNumber" -> Optional.of(sequenceNumber);
      case "partitionKey" -> Optional.of(partitionKey);
      default -> Optional.empty();
    };
  }

  @Override
  public EventView event() {
    return bytes.view();
  }

  @Override
  public String json() {
    return new String(original.get(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "record " + sequenceNumber + " of " + streamArn;
  }
}
