// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What differs between the kinds of streams: names, the event's form, how a record is named. */
interface StreamSource {

  /** How long records are kept if nobody says otherwise. */
  Duration retention();

  /** Writes the event's members; the object is open. */
  void event(JsonWriter json, List<StreamRecord> batch);

  /** The event with these records. */
  default byte[] event(List<StreamRecord> batch) {
    JsonWriter json = new JsonWriter().beginObject();
    event(json, batch);
    return json.endObject().toByteArray();
  }

  /** A record named by an {@code itemIdentifier}; empty if that is malformed. */
  Optional<Position> position(@Nullable Object itemIdentifier);

  /** Writes the member of the invocation record that says which batch it was. */
  void batchInfo(JsonWriter json, List<StreamRecord> batch, int eventBytes);

  /** How often a failed batch is retried; empty: without limit. */
  default OptionalInt maximumRetryAttempts(StreamOptions options) {
    return options.maximumRetryAttempts();
  }

  /** Which of the concurrent batches a record belongs to; the same for all of one order. */
  String lane(StreamRecord record, int parallelizationFactor);

  /** The stream's ARN. */
  String arn();

  /**
   * A record as a function's answer names it.
   *
   * @param shard null if the source names no shard, since a batch is of one only
   */
  record Position(@Nullable String shard, BigInteger sequence) {
    boolean names(StreamRecord record) {
      return sequence.equals(record.sequence()) && (shard == null || shard.equals(record.shard()));
    }
  }
}
