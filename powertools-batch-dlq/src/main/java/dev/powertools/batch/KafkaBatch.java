// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.JoinPoints;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Batches of Kafka records for handlers that implement {@code RequestHandler<KafkaEvent,
 * KafkaBatchResponse>} and want no base class. Works as {@link KafkaBatchHandler} does, on events
 * of {@code aws-lambda-java-events}. Make one and keep it. Thread-safe.
 *
 * @param <T> what values are read as, as for {@link KafkaBatchHandler}
 */
public final class KafkaBatch<T> {

  private final BatchWork<KafkaRecord> work;

  private KafkaBatch(Class<T> type, BatchOptions options, Handler<? super T> handler) {
    this.work =
        new BatchWork<>(
            handler,
            type,
            JoinPoints.code(
                handler.getClass(),
                "onRecord",
                List.of(type, KafkaRecordContext.class),
                Outcome.class,
                false),
            List.of(),
            ShardSource.checked(options),
            (target, arguments) ->
                handler.onRecord(
                    type.cast(Objects.requireNonNull(arguments[0])),
                    (KafkaRecordContext) Objects.requireNonNull(arguments[1])));
    work.link();
  }

  /**
   * Handles the records of a batch, one call for each. Thread-safe.
   *
   * @param <T> the payload
   */
  @FunctionalInterface
  public interface Handler<T> {

    /** As {@link KafkaBatchHandler#onRecord}. */
    Outcome onRecord(T payload, KafkaRecordContext record) throws Exception;
  }

  /** With the default options. */
  public static <T> KafkaBatch<T> of(Class<T> type, Handler<? super T> handler) {
    return of(type, BatchOptions.defaults(), handler);
  }

  /**
   * With options.
   *
   * @param type what values are read as
   * @param options how the batch is worked on
   * @param handler handles each record
   * @throws dev.powertools.core.ConfigurationException if the options can't work
   */
  public static <T> KafkaBatch<T> of(
      Class<T> type, BatchOptions options, Handler<? super T> handler) {
    return new KafkaBatch<>(type, options, handler);
  }

  /**
   * Handles a batch, inside the current invocation if there is one.
   *
   * @param event the event; no records, or {@code null}, is an empty batch
   * @param context the platform's context, for the time left; {@code null} if there is none
   * @return what the platform has to be told, never {@code null}
   */
  public KafkaBatchResponse handle(@Nullable KafkaEvent event, @Nullable Context context) {
    return KafkaBatchResponse.of(work.run(event, context, () -> KafkaEvents.read(event)));
  }
}
