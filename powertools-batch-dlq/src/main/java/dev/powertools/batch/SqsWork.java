// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.HandlerName;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.RuntimeResolver;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.woven.Body;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one handler does with the messages of a batch, in any runtime. What depends on the runtime
 * (chain, codec, dead-letter queue) is a plan, made once per runtime and kept there. Thread-safe.
 */
final class SqsWork {

  private final Object target;
  private final Type payloadType;
  private final JoinPoint joinPoint;
  private final List<Annotation> annotations;
  private final BatchOptions options;
  private final Body body;

  /**
   * Describes it.
   *
   * @param target the receiver of the calls
   * @param payloadType what bodies are read as
   * @param joinPoint the record method, or code in its place
   * @param annotations of which the links of each record are made
   * @param options how the batch is worked on
   * @param body calls the user's code with a payload and a {@link RecordContext}
   */
  SqsWork(
      Object target,
      Type payloadType,
      JoinPoint joinPoint,
      List<Annotation> annotations,
      BatchOptions options,
      Body body) {
    this.target = target;
    this.payloadType = payloadType;
    this.joinPoint = joinPoint;
    this.annotations = annotations;
    this.options = options;
    this.body = body;
  }

  /**
   * Makes the plan ahead of the first batch if this process runs a function or a runtime is in
   * force on this thread, so that what is wrong fails while the function starts.
   */
  void link() {
    if (Scope.current() != null || HandlerName.inFunction(Config.environment())) {
      plan(RuntimeResolver.current(target.getClass()));
    }
  }

  /** Runs a batch; returns the messages that the queue must keep, in order. */
  List<SqsMessage> run(LiveInvocation batch, List<SqsMessage> messages) {
    Plan plan = plan(batch.runtime());
    plan.requireOtherQueue(messages);
    return new BatchRun<>(batch, messages, plan, plan.deadLetters, options)
        .unacknowledged(Dispatches.of(batch, options));
  }

  private Plan plan(FunctionRuntime runtime) {
    Map<SqsWork, Plan> plans = runtime.part(Plans.class, r -> new Plans()).byWork;
    Plan present = plans.get(this);
    if (present != null) {
      return present;
    }
    Plan made = new Plan(runtime);
    Plan other = plans.putIfAbsent(this, made);
    return other == null ? made : other;
  }

  /** The plans of one runtime. */
  private static final class Plans {
    private final Map<SqsWork, Plan> byWork = new ConcurrentHashMap<>();
  }

  /** The work in one runtime. */
  private final class Plan implements RecordWork<SqsMessage> {

    private final PayloadReader reader;
    private final DeadLetters deadLetters;
    private final Chain chain;

    Plan(FunctionRuntime runtime) {
      this.reader = PayloadReader.of(payloadType, runtime);
      this.deadLetters = new DeadLetters(named(runtime));
      this.chain = chain(runtime);
    }

    private @Nullable DeadLetterTarget named(FunctionRuntime runtime) {
      return options
          .deadLetterQueue()
          .map(queue -> DeadLetterTarget.of(queue, runtime.config()))
          .orElse(null);
    }

    /** Decoding is a link of its own where there are others, so that those further out see it. */
    private Chain chain(FunctionRuntime runtime) {
      Links links = Links.of(joinPoint, runtime).annotations(annotations);
      Chain plain = links.chain();
      return plain.isEmpty()
          ? plain
          : links
              .link(
                  this::decode, Phase.DECODE, Side.OUTSIDE, Integer.MIN_VALUE, "the payload codec")
              .chain();
    }

    private @Nullable Object decode(Invocation invocation) throws Throwable {
      @Nullable Object[] arguments = invocation.arguments();
      if (arguments[0] == null && arguments[1] instanceof SqsMessage message) {
        arguments[0] = payload(message);
      }
      return invocation.proceed(arguments);
    }

    private Object payload(SqsMessage message) {
      return reader.read(message.messageId(), message.body());
    }

    void requireOtherQueue(List<SqsMessage> messages) {
      DeadLetterTarget named = deadLetters.named();
      if (named != null && !messages.isEmpty()) {
        named.requireOtherThan(messages.get(0).source());
      }
    }

    @Override
    public @Nullable Object call(LiveInvocation invocation, SqsMessage message) throws Throwable {
      Object payload = chain.isEmpty() ? payload(message) : null;
      return chain.call(invocation, target, new Object[] {payload, message}, body);
    }
  }
}
