// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.JoinPoints;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Batches of SQS messages for handlers that implement {@code RequestHandler<SQSEvent,
 * SQSBatchResponse>} and want no base class. Works as {@link SqsBatchHandler} does, on events of
 * {@code aws-lambda-java-events}. Make one and keep it. Thread-safe.
 *
 * <pre>{@code
 * private final SqsBatch<Order> batch = SqsBatch.of(Order.class, this::charge);
 *
 * public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
 *   return batch.handle(event, context);
 * }
 * }</pre>
 *
 * @param <T> what bodies are read as, as for {@link SqsBatchHandler}
 */
public final class SqsBatch<T> {

  private final BatchWork<SqsMessage> work;
  private final @Nullable Unwrapping unwrapping;

  private SqsBatch(Class<T> type, BatchOptions options, RecordHandler<? super T> handler) {
    this.unwrapping = options.unwrap().map(each -> new Unwrapping(each, type)).orElse(null);
    this.work =
        new BatchWork<>(
            handler,
            type,
            JoinPoints.code(
                handler.getClass(),
                "onRecord",
                List.of(type, RecordContext.class),
                Outcome.class,
                false),
            List.of(),
            options,
            (target, arguments) ->
                handler.onRecord(
                    type.cast(Objects.requireNonNull(arguments[0])),
                    (RecordContext) Objects.requireNonNull(arguments[1])));
    work.link();
  }

  /** With the default options. */
  public static <T> SqsBatch<T> of(Class<T> type, RecordHandler<? super T> handler) {
    return of(type, BatchOptions.defaults(), handler);
  }

  /**
   * With options.
   *
   * @param type what bodies are read as
   * @param options how the batch is worked on
   * @param handler handles each message
   * @throws dev.powertools.core.ConfigurationException if the options can't work
   */
  public static <T> SqsBatch<T> of(
      Class<T> type, BatchOptions options, RecordHandler<? super T> handler) {
    return new SqsBatch<>(type, options, handler);
  }

  /**
   * Handles a batch, inside the current invocation if there is one.
   *
   * @param event the event; no records, or {@code null}, is an empty batch
   * @param context the platform's context, for the time left; {@code null} if there is none
   * @return what the platform has to be told, never {@code null}
   * @throws MalformedEventException if a message has no id
   */
  public SQSBatchResponse handle(@Nullable SQSEvent event, @Nullable Context context) {
    return SqsEvents.response(work.run(event, context, () -> read(event)));
  }

  private List<SqsMessage> read(@Nullable SQSEvent event) {
    List<SqsMessage> messages = SqsEvents.read(event);
    return unwrapping == null ? messages : Unwrapped.in(messages, unwrapping);
  }
}
