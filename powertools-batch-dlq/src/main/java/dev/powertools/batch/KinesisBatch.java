// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.JoinPoints;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Batches of Kinesis records for handlers that implement {@code RequestHandler<KinesisEvent,
 * StreamsEventResponse>} and want no base class. Works as {@link KinesisBatchHandler} does, on
 * events of {@code aws-lambda-java-events}, save for tumbling windows. Make one and keep it.
 * Thread-safe.
 *
 * @param <T> what data is read as, as for {@link KinesisBatchHandler}
 */
public final class KinesisBatch<T> {

  private final BatchWork<KinesisRecord> work;
  private final boolean keyed;

  private KinesisBatch(Class<T> type, BatchOptions options, Handler<? super T> handler) {
    this.keyed = options.maxConcurrency() > 1;
    this.work =
        new BatchWork<>(
            handler,
            type,
            JoinPoints.code(
                handler.getClass(),
                "onRecord",
                List.of(type, KinesisRecordContext.class),
                Outcome.class,
                false),
            List.of(),
            ShardSource.checked(options),
            (target, arguments) ->
                handler.onRecord(
                    type.cast(Objects.requireNonNull(arguments[0])),
                    (KinesisRecordContext) Objects.requireNonNull(arguments[1])));
    work.link();
  }

  /**
   * Handles the records of a batch, one call for each. Thread-safe.
   *
   * @param <T> the payload
   */
  @FunctionalInterface
  public interface Handler<T> {

    /** As {@link KinesisBatchHandler#onRecord}. */
    Outcome onRecord(T payload, KinesisRecordContext record) throws Exception;
  }

  /** With the default options. */
  public static <T> KinesisBatch<T> of(Class<T> type, Handler<? super T> handler) {
    return of(type, BatchOptions.defaults(), handler);
  }

  /**
   * With options.
   *
   * @param type what data is read as
   * @param options how the batch is worked on
   * @param handler handles each record
   * @throws dev.powertools.core.ConfigurationException if the options can't work
   */
  public static <T> KinesisBatch<T> of(
      Class<T> type, BatchOptions options, Handler<? super T> handler) {
    return new KinesisBatch<>(type, options, handler);
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
  public StreamsEventResponse handle(@Nullable KinesisEvent event, @Nullable Context context) {
    return ShardEvents.response(work.run(event, context, () -> KinesisEvents.read(event, keyed)));
  }
}
