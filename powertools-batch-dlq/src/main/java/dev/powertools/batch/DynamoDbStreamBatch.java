// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.JoinPoints;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Batches of changes in DynamoDB tables for handlers that implement {@code
 * RequestHandler<DynamodbEvent, StreamsEventResponse>} and want no base class. Works as {@link
 * DynamoDbStreamBatchHandler} does, on events of {@code aws-lambda-java-events}, save for tumbling
 * windows. Make one and keep it. Thread-safe.
 *
 * @param <T> what items are read as, as for {@link DynamoDbStreamBatchHandler}
 */
public final class DynamoDbStreamBatch<T> {

  private final BatchWork<DynamoDbRecord> work;
  private final StreamEvent.RecordReader<DynamoDbRecord> reader;

  private DynamoDbStreamBatch(Class<T> type, BatchOptions options, Handler<T> handler) {
    this.reader = DynamoDbRecord.reader(options);
    this.work =
        new BatchWork<>(
            handler,
            type,
            JoinPoints.code(
                handler.getClass(),
                "onRecord",
                List.of(Change.class, DynamoDbRecordContext.class),
                Outcome.class,
                false),
            List.of(),
            ShardSource.checked(options),
            (target, arguments) ->
                handler.onRecord(
                    change(arguments[0]),
                    (DynamoDbRecordContext) Objects.requireNonNull(arguments[1])));
    work.link();
  }

  @SuppressWarnings("unchecked") // read as the type that was named
  private static <T> Change<T> change(@Nullable Object argument) {
    return (Change<T>) Objects.requireNonNull(argument);
  }

  /**
   * Handles the changes of a batch, one call for each. Thread-safe.
   *
   * @param <T> what items are read as
   */
  @FunctionalInterface
  public interface Handler<T> {

    /** As {@link DynamoDbStreamBatchHandler#onRecord}. */
    Outcome onRecord(Change<T> change, DynamoDbRecordContext record) throws Exception;
  }

  /** With the default options. */
  public static <T> DynamoDbStreamBatch<T> of(Class<T> type, Handler<T> handler) {
    return of(type, BatchOptions.defaults(), handler);
  }

  /**
   * With options.
   *
   * @param type what items are read as
   * @param options how the batch is worked on
   * @param handler handles each change
   * @throws dev.powertools.core.ConfigurationException if the options can't work
   */
  public static <T> DynamoDbStreamBatch<T> of(
      Class<T> type, BatchOptions options, Handler<T> handler) {
    return new DynamoDbStreamBatch<>(type, options, handler);
  }

  /**
   * Handles a batch, inside the current invocation if there is one.
   *
   * @param event the event; no records, or {@code null}, is an empty batch
   * @param context the platform's context, for the time left; {@code null} if there is none
   * @return what the platform has to be told, never {@code null}
   * @throws MalformedEventException if a record has no sequence number, or the event is of a
   *     tumbling window, whose state this response can't hold
   */
  public StreamsEventResponse handle(@Nullable DynamodbEvent event, @Nullable Context context) {
    return ShardEvents.response(work.run(event, context, () -> DynamoDbEvents.read(event, reader)));
  }
}
