// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.WorkContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Kafka topic says about one record beside its value. Immutable. */
public interface KafkaRecordContext extends WorkContext {

  /** The topic. */
  String topic();

  /** The number of the partition. */
  int partition();

  /** The place of the record in its partition; stays the same when it is delivered again. */
  long offset();

  /** When the record was made or came to the topic. */
  Optional<Instant> timestamp();

  /** A copy of the key. */
  Optional<byte[]> key();

  /** The key as UTF-8 text. */
  Optional<String> keyText();

  /** A copy of the value; empty for a tombstone. */
  Optional<byte[]> value();

  /** The headers in their order; a name may be there more than once. */
  List<Map.Entry<String, byte[]>> headers();

  /** The last header of that name, as UTF-8 text. */
  @Override
  Optional<String> header(String name);

  /** The record as it stood in its event: what its dead letter holds. */
  String json();
}
