// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.Sneaky;
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

  private final SqsWork work;

  private SqsBatch(Class<T> type, BatchOptions options, RecordHandler<? super T> handler) {
    this.work =
        new SqsWork(
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
    LiveInvocation current = Scope.currentInvocation();
    return SqsEvents.response(
        current == null ? open(event, context) : work.run(current, SqsEvents.read(event)));
  }

  @SuppressWarnings("unchecked") // what the call below returns
  private List<SqsMessage> open(@Nullable SQSEvent event, @Nullable Context context) {
    LiveInvocation batch =
        LiveInvocation.under(FunctionRuntime.current())
            .context(context)
            .event(EventView.of(event))
            .open();
    try {
      Object failed =
          Entry.run(batch, Scope.of(batch), () -> work.run(batch, SqsEvents.read(event)));
      return (List<SqsMessage>) Objects.requireNonNull(failed);
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }
}
