// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.config.Config;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.HandlerName;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.RuntimeResolver;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.Sneaky;
import dev.powertools.core.woven.Body;
import dev.powertools.retry.RetryBudget;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one handler does with the records of a batch, in any runtime. What depends on the runtime
 * (chain, codec, dead-letter queue) is a plan, made once per runtime and kept there. Thread-safe.
 *
 * @param <R> the records of the source
 */
final class BatchWork<R extends BatchRecord> {

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
   * @param payloadType what payloads are read as
   * @param joinPoint the record method, or code in its place
   * @param annotations of which the links of each record are made
   * @param options how the batch is worked on
   * @param body calls the user's code with a payload and the record
   */
  BatchWork(
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

  /** Runs a batch; returns the records that the source must keep, in order. */
  List<R> run(LiveInvocation batch, List<R> records) {
    Plan plan = plan(batch.runtime());
    plan.requireOtherQueue(records);
    return new BatchRun<>(batch, records, plan, plan.deadLetters, options)
        .unacknowledged(Dispatches.of(batch, options));
  }

  /** As {@link #run}, for code: inside the current invocation, else in one of its own. */
  List<R> run(@Nullable Object event, @Nullable Context context, Supplier<List<R>> records) {
    LiveInvocation current = Scope.currentInvocation();
    return current == null ? open(event, context, records) : run(current, records.get());
  }

  @SuppressWarnings("unchecked") // what the call below returns
  private List<R> open(
      @Nullable Object event, @Nullable Context context, Supplier<List<R>> records) {
    LiveInvocation batch =
        LiveInvocation.under(FunctionRuntime.current())
            .context(context)
            .event(EventView.of(event))
            .open();
    try {
      Object failed = Entry.run(batch, Scope.of(batch), () -> run(batch, records.get()));
      return (List<R>) Objects.requireNonNull(failed);
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  @SuppressWarnings("unchecked") // put there by itself
  private Plan plan(FunctionRuntime runtime) {
    Map<BatchWork<?>, Object> plans = runtime.part(Plans.class, r -> new Plans()).byWork;
    Object present = plans.get(this);
    if (present != null) {
      return (Plan) present;
    }
    Plan made = new Plan(runtime);
    Object other = plans.putIfAbsent(this, made);
    return other == null ? made : (Plan) other;
  }

  /** The plans of one runtime. */
  private static final class Plans {
    private final Map<BatchWork<?>, Object> byWork = new ConcurrentHashMap<>();
  }

  /** The work in one runtime. */
  private final class Plan implements RecordWork<R> {

    private final PayloadReader reader;
    private final DeadLetters deadLetters;
    private final Chain chain;

    Plan(FunctionRuntime runtime) {
      this.reader = PayloadReader.of(payloadType, runtime);
      this.deadLetters = DeadLetters.of(named(runtime), options, runtime.config());
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
      if (arguments[0] == null && arguments[1] instanceof BatchRecord record) {
        arguments[0] = record.payload(reader);
      }
      return invocation.proceed(arguments);
    }

    void requireOtherQueue(List<R> records) {
      DeadLetterTarget named = deadLetters.named();
      if (named != null && !records.isEmpty()) {
        named.requireOtherThan(records.get(0).source());
      }
    }

    @Override
    public @Nullable Object call(LiveInvocation invocation, R record) throws Throwable {
      Outcome known = record.known();
      if (known != null) {
        return known;
      }
      String sender = options.fairnessKey(record);
      if (sender != null) {
        invocation.attributes().put(RetryBudget.SENDER, sender);
      }
      Object payload = chain.isEmpty() ? record.payload(reader) : null;
      return chain.call(invocation, target, new Object[] {payload, record}, body);
    }
  }
}
