// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.WorkContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the stream of a DynamoDB table says about one change beside its images. Immutable. */
public interface DynamoDbRecordContext extends WorkContext {

  /** The number of the change in its shard; stays the same when it is delivered again. */
  String sequenceNumber();

  /** The id of the change. */
  String eventId();

  /** The ARN of the stream; empty text if the event names none. */
  String streamArn();

  /** The key attributes by name, as text: numbers in their notation, binary in Base64. */
  Map<String, String> keys();

  /** When the item was changed, approximately and to the second. */
  Optional<Instant> changedAt();

  /** Whether the item was removed since its time to live was over. */
  boolean expired();

  /** The tumbling window, if the event source mapping has them. */
  Optional<Window> window();

  /** The record as it stood in its event, with typed values: what its dead letter holds. */
  String json();
}
