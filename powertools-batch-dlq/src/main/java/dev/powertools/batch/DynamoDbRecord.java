// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.event.EventView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change in the stream of a DynamoDB table. Immutable, apart from the window.
 *
 * @param oldImage the item before, with typed values
 * @param newImage the item after, with typed values
 * @param keyed whether only changes of the same item keep their order
 */
record DynamoDbRecord(
    Change.Kind kind,
    String sequenceNumber,
    String streamArn,
    String eventId,
    Map<String, String> keys,
    @Nullable Supplier<byte[]> oldImage,
    @Nullable Supplier<byte[]> newImage,
    @Nullable Instant changed,
    boolean expired,
    boolean keyed,
    StreamWindow tumbling,
    Supplier<byte[]> original)
    implements DynamoDbRecordContext, StreamRecord {

  static final String KIND = "An event of a DynamoDB stream";

  /** The source of such records. */
  static Source<DynamoDbRecord> source(BatchOptions options, ShardSource.WindowEnd end) {
    return new ShardSource<>(KIND, reader(options), end);
  }

  /** Reads such records. */
  static StreamEvent.RecordReader<DynamoDbRecord> reader(BatchOptions options) {
    boolean keyed = options.maxConcurrency() > 1;
    return (in, index, window) -> new DynamoDbEventReader(in, index).read(window, keyed);
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
    return keyed && !tumbling.isPresent() ? new TreeMap<>(keys).toString() : "";
  }

  @Override
  public boolean isCheckpoint() {
    return true;
  }

  @Override
  public Optional<Instant> changedAt() {
    return Optional.ofNullable(changed);
  }

  @Override
  public Optional<Window> window() {
    return tumbling.ifPresent();
  }

  @Override
  public Object payload(PayloadReader reader) {
    return new Change<>(kind, keys, item(oldImage, reader), item(newImage, reader));
  }

  private @Nullable Object item(@Nullable Supplier<byte[]> image, PayloadReader reader) {
    return image == null
        ? null
        : reader.read(sequenceNumber, DynamoDbItem.plain(sequenceNumber, image.get(), reader));
  }

  @Override
  public Optional<String> attribute(String name) {
    return switch (name) {
      case "eventID" -> Optional.of(eventId);
      case "SequenceNumber" -> Optional.of(sequenceNumber);
      default -> Optional.empty();
    };
  }

  @Override
  public EventView event() {
    return EventView.of(new DynamoDbView(this));
  }

  @Override
  public String json() {
    return new String(original.get(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "change " + sequenceNumber + " of " + streamArn;
  }
}
