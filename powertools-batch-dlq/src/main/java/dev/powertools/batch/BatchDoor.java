// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.FunctionRuntime;
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
import dev.powertools.core.woven.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the base classes for batches have in common: the way of an event from the platform through
 * the links of the handler's type to the records, and the way of the answer back. Thread-safe.
 *
 * @param <R> the records of the source
 */
final class BatchDoor<R extends BatchRecord> {

  private static final String RECORD_METHOD = "onRecord";

  private final RequestStreamHandler handler;
  private final Source<R> source;
  private final BatchWork<R> work;
  private final HandlerDoor door;

  /**
   * Reads the type and the annotations of the user's class, whose record method is {@code
   * onRecord}.
   *
   * @param handler the user's handler
   * @param base the toolkit's class that it extends, whose first type parameter is the payload
   * @param options how batches are worked on
   * @param source where batches come from
   * @param record calls the record method with a payload and the record
   * @throws dev.powertools.core.ConfigurationException if one of them can't work
   * @throws dev.powertools.core.UnwovenClassError if an annotation on another method would not be
   *     applied
   */
  BatchDoor(
      RequestStreamHandler handler,
      Class<?> base,
      BatchOptions options,
      Source<R> source,
      Body record) {
    Class<?> type = handler.getClass();
    DoorMethod method = DoorMethod.find(type, base, RECORD_METHOD, 2);
    DoorCheck.of(type, base, List.of(method)).verify();
    this.handler = handler;
    this.source = source;
    this.work =
        new BatchWork<>(
            handler,
            TypeArguments.of(type, base).get(0),
            JoinPoints.method(method.method(), false),
            method.annotationsToApply(),
            options,
            record);
    this.door = new HandlerDoor(handler, this::chain, (target, arguments) -> handle(arguments));
    work.link();
  }

  private Chain chain(FunctionRuntime runtime, @Nullable Class<?> receiver) {
    Class<?> type = handler.getClass();
    return Links.of(
            JoinPoints.code(
                type, "handleRequest", List.of(byte[].class, Context.class), byte[].class, true),
            runtime)
        .annotations(MethodChains.withTypes(List.of(), type))
        .link(this::responded, Phase.TRACE, Side.OUTSIDE, Integer.MIN_VALUE, "the response")
        .chain();
  }

  /** No response is taken for complete success, so a link that swallows it must not pass. */
  private Object responded(Invocation invocation) throws Throwable {
    Object response = invocation.proceed();
    if (response != null && response == answer((LiveInvocation) invocation.function()).response) {
      return response;
    }
    throw new IllegalStateException(
        handler.getClass().getName()
            + ": a link on its type returned another response than the batch's, and the platform"
            + " would forget whatever that does not name. Let the link return what it proceeds to.");
  }

  private byte[] handle(@Nullable Object[] arguments) throws Exception {
    LiveInvocation batch = Objects.requireNonNull(Scope.currentInvocation());
    byte[] event = (byte[]) Objects.requireNonNull(arguments[0]);
    byte[] response = source.handle(event, records -> work.run(batch, records));
    answer(batch).response = response;
    return response;
  }

  private static Answer answer(LiveInvocation batch) {
    return batch.part(Answer.class, b -> new Answer());
  }

  /** What the engine answered in one invocation. */
  private static final class Answer {
    private volatile byte @Nullable [] response;
  }

  /** Handles one event. */
  void handle(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
    door.handle(in, out, context);
  }
}
