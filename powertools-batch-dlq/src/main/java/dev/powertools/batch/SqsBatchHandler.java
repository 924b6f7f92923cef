// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.BatchHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.internal.DoorCheck;
import dev.powertools.core.internal.DoorMethod;
import dev.powertools.core.internal.HandlerDoor;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.MethodChains;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.TypeArguments;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
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
 * <p>Messages of a FIFO queue are handled in the order of their group; after one that is delivered
 * again the rest of its group does not run, after a dead letter it does. The object serves many
 * invocations, also concurrent ones.
 *
 * @param <T> what bodies are read as: {@code String} is the body as it is, {@code byte[]} its UTF-8
 *     bytes, anything else is JSON, see {@link dev.powertools.core.json.PayloadCodec#standard()}
 */
public abstract class SqsBatchHandler<T> implements RequestStreamHandler, BatchHandler {

  private final SqsWork work;
  private final HandlerDoor door;

  /**
   * Reads the type and the annotations of the subclass.
   *
   * @throws dev.powertools.core.ConfigurationException if one of them can't work
   * @throws dev.powertools.core.UnwovenClassError if an annotation on another method would not be
   *     applied
   */
  protected SqsBatchHandler() {
    Class<?> type = getClass();
    DoorMethod method = DoorMethod.find(type, SqsBatchHandler.class, "onRecord", 2);
    DoorCheck.of(type, SqsBatchHandler.class, List.of(method)).verify();
    this.work =
        new SqsWork(
            this,
            TypeArguments.of(type, SqsBatchHandler.class).get(0),
            JoinPoints.method(method.method(), false),
            method.annotationsToApply(),
            BatchOptions.of(type),
            (target, arguments) -> call(arguments));
    this.door = new HandlerDoor(this, this::batchChain, (target, arguments) -> handle(arguments));
    work.link();
  }

  private Chain batchChain(FunctionRuntime runtime, @Nullable Class<?> receiver) {
    return Links.of(
            JoinPoints.code(
                getClass(),
                "handleRequest",
                List.of(byte[].class, Context.class),
                byte[].class,
                true),
            runtime)
        .annotations(MethodChains.withTypes(List.of(), getClass()))
        .link(this::responded, Phase.TRACE, Side.OUTSIDE, Integer.MIN_VALUE, "the response")
        .chain();
  }

  /** SQS takes no response for complete success, so a link that swallows it must not pass. */
  private Object responded(Invocation invocation) throws Throwable {
    Object response = invocation.proceed();
    if (response != null && response == engine((LiveInvocation) invocation.function()).response) {
      return response;
    }
    throw new IllegalStateException(
        getClass().getName()
            + ": a link on its type returned another response than the batch's, and SQS would delete"
            + " whatever that does not name. Let the link return what it proceeds to.");
  }

  private byte[] handle(@Nullable Object[] arguments) {
    LiveInvocation batch = Objects.requireNonNull(Scope.currentInvocation());
    List<SqsMessage> messages = SqsEventReader.read((byte[]) Objects.requireNonNull(arguments[0]));
    byte[] response = PartialBatchResponse.write(work.run(batch, messages));
    engine(batch).response = response;
    return response;
  }

  private static Engine engine(LiveInvocation batch) {
    return batch.part(Engine.class, b -> new Engine());
  }

  /** What the engine answered in one invocation. */
  private static final class Engine {
    private volatile byte @Nullable [] response;
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
