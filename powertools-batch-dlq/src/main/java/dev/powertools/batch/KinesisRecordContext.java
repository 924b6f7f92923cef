// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.WorkContext;
import java.time.Instant;
import java.util.Optional;

/** What a Kinesis stream says about one record beside its payload. Immutable. */
public interface KinesisRecordContext extends WorkContext {

  /** The number of the record in its shard; stays the same when it is delivered again. */
  String sequenceNumber();

  /** The partition key. */
  String partitionKey();

  /** A copy of the bytes of the record. */
  byte[] data();

  /** The ARN of the stream; empty text if the event names none. */
  String streamArn();

  /** Shard and sequence number, as the event has it: {@code shardId-000000000006:4959…}. */
  String eventId();

  /** When it came to the stream, approximately. */
  Optional<Instant> arrivedAt();

  /** The tumbling window, if the event source mapping has them. */
  Optional<Window> window();

  /** The record as it stood in its event: what its dead letter holds. */
  String json();
}
