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
 * A handler for a Kinesis data stream, which handles the records of a batch in their order and
 * tells the platform the first that did not succeed. Extend it, and name the class as the
 * function's handler; the event source mapping needs {@code ReportBatchItemFailures}.
 *
 * <p>Annotations of the type mean the whole batch, those of {@link #onRecord} each record, as for
 * {@link SqsBatchHandler}.
 *
 * <p>The platform repeats everything from the first record that is delivered again, so nothing
 * behind it is run. A record that can never succeed would block its shard: it goes to the queue
 * that {@link DeadLetter} names, and once that has confirmed it, the next record runs. With {@link
 * Parallel} records of different partition keys are handled at a time, those of the same key one
 * after the other; what had succeeded behind a record that comes again is then repeated as well.
 * The object serves many invocations, also concurrent ones.
 *
 * @param <T> what the data of records is read as: {@code String} is UTF-8 text, {@code byte[]} the
 *     data as it is, anything else is JSON, see {@link
 *     dev.powertools.core.json.PayloadCodec#standard()}
 */
public abstract class KinesisBatchHandler<T> implements RequestStreamHandler, BatchHandler {

  private final BatchDoor<KinesisRecord> door;

  /**
   * Reads the type and the annotations of the subclass.
   *
   * @throws dev.powertools.core.ConfigurationException if one of them can't work
   * @throws dev.powertools.core.UnwovenClassError if an annotation on another method would not be
   *     applied
   */
  protected KinesisBatchHandler() {
    BatchOptions options = ShardSource.checked(BatchOptions.of(getClass()));
    this.door =
        new BatchDoor<>(
            this,
            KinesisBatchHandler.class,
            options,
            KinesisRecord.source(options, this::onWindowEnd),
            (target, arguments) -> call(arguments));
  }

  @SuppressWarnings("unchecked") // read as the type that the subclass named
  private Outcome call(@Nullable Object[] arguments) throws Exception {
    return onRecord(
        (T) Objects.requireNonNull(arguments[0]),
        (KinesisRecordContext) Objects.requireNonNull(arguments[1]));
  }

  /**
   * Handles one record.
   *
   * @param payload the data
   * @param record the rest of the record
   * @return what it came to; {@code null} counts as a failure. A delay that is asked for can't be
   *     had: the record is delivered again when the event source mapping does so
   * @throws Exception if it failed; whether it is worth delivering again is said by {@link
   *     dev.powertools.core.Failures}
   */
  protected abstract Outcome onRecord(T payload, KinesisRecordContext record) throws Exception;

  /**
   * Called in the last invocation of a tumbling window, when its records are done. Does nothing by
   * default.
   *
   * @param window the window with its last state
   * @throws Exception if it failed; the whole invocation is then repeated
   */
  protected void onWindowEnd(Window window) throws Exception {}

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    door.handle(in, out, context);
  }
}
