// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.BatchHandler;
import dev.powertools.core.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler for Kafka topics, which handles the records of each partition in their order and tells
 * the platform from which record on a partition is to be delivered again. Extend it, and name the
 * class as the function's handler; the event source mapping needs {@code ReportBatchItemFailures},
 * and for that the provisioned mode.
 *
 * <p>Annotations of the type mean the whole batch, those of {@link #onRecord} each record, as for
 * {@link SqsBatchHandler}.
 *
 * <p>Behind a record that is delivered again nothing of its partition is run; other partitions go
 * on. A record that can never succeed would block its partition: it goes to the queue that {@link
 * DeadLetter} names, and once that has confirmed it, the next record runs. With {@link Parallel}
 * several partitions are handled at a time. The object serves many invocations, also concurrent
 * ones.
 *
 * @param <T> what values are read as: {@code String} is UTF-8 text, {@code byte[]} the value as it
 *     is, anything else is JSON, see {@link dev.powertools.core.json.PayloadCodec#standard()}. A
 *     record without a value, a tombstone, can't be read, save as an {@code Optional}, of which it
 *     is the empty one
 */
public abstract class KafkaBatchHandler<T> implements RequestStreamHandler, BatchHandler {

  private final BatchDoor<KafkaRecord> door;

  /**
   * Reads the type and the annotations of the subclass.
   *
   * @throws dev.powertools.core.ConfigurationException if one of them can't work
   * @throws dev.powertools.core.UnwovenClassError if an annotation on another method would not be
   *     applied
   */
  protected KafkaBatchHandler() {
    BatchOptions options = ShardSource.checked(BatchOptions.of(getClass()));
    this.door =
        new BatchDoor<>(
            this,
            KafkaBatchHandler.class,
            options,
            (event, run) -> KafkaBatchResponse.of(run.apply(KafkaEventReader.read(event))).toJson(),
            (target, arguments) -> call(arguments));
  }

  @SuppressWarnings("unchecked") // read as the type that the subclass named
  private Outcome call(@Nullable Object[] arguments) throws Exception {
    return onRecord(
        (T) Objects.requireNonNull(arguments[0]),
        (KafkaRecordContext) Objects.requireNonNull(arguments[1]));
  }

  /**
   * Handles one record.
   *
   * @param payload the value
   * @param record the rest of the record
   * @return what it came to; {@code null} counts as a failure. A delay that is asked for can't be
   *     had: the record is delivered again when the event source mapping does so
   * @throws Exception if it failed; whether it is worth delivering again is said by {@link
   *     dev.powertools.core.Failures}
   */
  protected abstract Outcome onRecord(T payload, KafkaRecordContext record) throws Exception;

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    door.handle(in, out, context);
  }
}
