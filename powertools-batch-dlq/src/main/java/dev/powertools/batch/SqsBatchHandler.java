// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.BatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.TypeArguments;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A handler for an SQS queue, which handles each message by itself and tells the platform which of
 * them failed. Extend it, and name the class as the function's handler; the event source mapping
 * needs {@code ReportBatchItemFailures}.
 *
 * <p>Annotations of the type mean the whole batch, and their links see the event's bytes and the
 * response's; those of {@link #onRecord} mean each message. Neither need weaving. Annotations of
 * any other method do, and are an error while the function starts if the weaver did not run.
 *
 * <p>A message counts as handled only if {@code onRecord} says {@link Outcome#done()} or {@link
 * Outcome#ignored}, or if its dead letter is confirmed. The others are delivered again; all are if
 * the batch as a whole fails. A message that can never succeed ({@link Outcome#deadLetter}, a
 * failure that {@link dev.powertools.core.Failures} calls permanent, a body that is no {@code T})
 * goes to the dead-letter queue, see {@link DeadLetter}.
 *
 * <p>A body that another service wrapped (SNS, EventBridge, S3) is unwrapped if {@link Unwrap} says
 * so.
 *
 * <p>Messages of a FIFO queue are handled in the order of their group; after one that is delivered
 * again the rest of its group does not run, after a dead letter it does. The object serves many
 * invocations, also concurrent ones.
 *
 * @param <T> what bodies are read as: {@code String} is the body as it is, {@code byte[]} its UTF-8
 *     bytes, anything else is JSON, see {@link dev.powertools.core.json.PayloadCodec#standard()}
 */
public abstract class SqsBatchHandler<T> implements RequestStreamHandler, BatchHandler {

  private final BatchDoor<SqsMessage> door;

  /**
   * Reads the type and the annotations of the subclass.
   *
   * @throws dev.powertools.core.ConfigurationException if one of them can't work
   * @throws dev.powertools.core.UnwovenClassError if an annotation on another method would not be
   *     applied
   */
  protected SqsBatchHandler() {
    BatchOptions options = BatchOptions.of(getClass());
    this.door =
        new BatchDoor<>(
            this,
            SqsBatchHandler.class,
            options,
            options.unwrap().isEmpty() ? SqsBatchHandler::handle : unwrapped(options),
            (target, arguments) -> call(arguments));
  }

  private static byte[] handle(byte[] event, UnaryOperator<List<SqsMessage>> run) {
    return PartialBatchResponse.write(run.apply(SqsEventReader.read(event)));
  }

  private Source<SqsMessage> unwrapped(BatchOptions options) {
    Type payload = TypeArguments.of(getClass(), SqsBatchHandler.class).get(0);
    Unwrapping unwrapping = new Unwrapping(options.unwrap().orElseThrow(), payload);
    return (event, run) -> handle(event, messages -> run.apply(Unwrapped.in(messages, unwrapping)));
  }

  @SuppressWarnings("unchecked") // read as the type that the subclass named
  private Outcome call(@Nullable Object[] arguments) throws Exception {
    return onRecord(
        (T) Objects.requireNonNull(arguments[0]),
        (RecordContext) Objects.requireNonNull(arguments[1]));
  }

  /**
   * Handles one message.
   *
   * @param payload the body
   * @param record the rest of the message
   * @return what it came to; {@code null} counts as a failure
   * @throws Exception if it failed; whether it is worth delivering again is said by {@link
   *     dev.powertools.core.Failures}
   */
  protected abstract Outcome onRecord(T payload, RecordContext record) throws Exception;

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    door.handle(in, out, context);
  }
}
