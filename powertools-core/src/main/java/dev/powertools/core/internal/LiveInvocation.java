// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.Attributes;
import dev.powertools.core.ContextCarrier;
import dev.powertools.core.CurrentSpan;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.Signal;
import dev.powertools.core.SignalListener;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A unit of work as the engines see it: they open it, run work in it, and end it. Thread-safe; the
 * hooks and listeners are guarded by the object itself, and most units of work have none.
 */
public final class LiveInvocation implements FunctionInvocation {

  private static final Object[] NO_PARTS = {};

  private final FunctionRuntime runtime;
  private final @Nullable LiveInvocation parent;
  private final @Nullable Context context;
  private final EventView event;
  private final @Nullable WorkContext work;
  private final @Nullable Pauser pauser;
  private final boolean coldStart;
  private volatile @Nullable LiveAttributes attributes;
  private final Hooks hooks = new Hooks();
  private volatile @Nullable CurrentSpan currentSpan;
  private volatile @Nullable Duration reserve;
  private @Nullable String requestId;
  private @Nullable String workId;
  private volatile Object[] parts = NO_PARTS;
  private volatile boolean open = true;

  private LiveInvocation(Builder builder) {
    this.runtime = builder.runtime;
    this.parent = builder.parent;
    this.context = builder.context != null || parent == null ? builder.context : parent.context;
    this.event = builder.event;
    this.work = builder.work;
    this.pauser = builder.pauser;
    this.workId = builder.workId;
    this.coldStart = parent != null ? parent.coldStart : takeColdStart(builder);
    this.attributes = builder.facts.isEmpty() ? null : over(builder.facts);
  }

  private LiveAttributes over(Map<AttributeKey<?>, Object> facts) {
    return new LiveAttributes(parent == null ? null : parent.facts(), facts);
  }

  private static boolean takeColdStart(Builder builder) {
    return builder.context != null && builder.runtime.part(ColdStart.class, ColdStart::new).take();
  }

  /** Begins a unit of work under {@code runtime}. */
  public static Builder under(FunctionRuntime runtime) {
    return new Builder(runtime);
  }

  /** Begins a unit of work inside this one: a record of a batch. */
  public Builder child() {
    Builder builder = new Builder(runtime);
    builder.parent = this;
    builder.pauser = pauser;
    return builder;
  }

  @Override
  public synchronized String requestId() {
    String present = requestId;
    if (present == null) {
      present = findRequestId();
      requestId = present;
    }
    return present;
  }

  private String findRequestId() {
    String id = context == null ? null : context.getAwsRequestId();
    if (id != null) {
      return id;
    }
    return parent != null
        ? parent.requestId()
        : "ad-hoc-" + Long.toHexString(runtime.timing().nanoTime());
  }

  @Override
  public synchronized String workId() {
    String present = workId;
    return present == null ? requestId() : present;
  }

  @Override
  public Optional<Context> context() {
    return Optional.ofNullable(context);
  }

  @Override
  public Optional<FunctionInvocation> parent() {
    return Optional.ofNullable(parent);
  }

  @Override
  public boolean coldStart() {
    return coldStart;
  }

  @Override
  public Optional<Duration> remaining() {
    return context == null
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, context.getRemainingTimeInMillis())));
  }

  /**
   * How long before the deadline this unit of work, or the one around it, is answered whatever
   * still runs; {@code null} if nobody does that.
   */
  public @Nullable Duration reserve() {
    Duration own = reserve;
    return own != null || parent == null ? own : parent.reserve();
  }

  /** Says how long before the deadline it is answered. */
  public void reserve(Duration value) {
    reserve = value;
  }

  @Override
  public EventView event() {
    return event;
  }

  /**
   * Who can tell the current span, in this unit of work and those inside it; {@code null} if nobody
   * can. A field, since each line of log asks and each class costs a starting function time.
   */
  public @Nullable CurrentSpan currentSpan() {
    CurrentSpan own = currentSpan;
    return own != null || parent == null ? own : parent.currentSpan();
  }

  /** Says who can tell the current span. */
  public void currentSpanToldBy(CurrentSpan value) {
    currentSpan = value;
  }

  @Override
  public Optional<WorkContext> workContext() {
    return Optional.ofNullable(work);
  }

  /** The {@link #workContext()}, for those who ask for each record. */
  public @Nullable WorkContext work() {
    return work;
  }

  @Override
  public Attributes attributes() {
    return facts();
  }

  /** Made when first asked for, since the simplest handlers have no facts. */
  private LiveAttributes facts() {
    LiveAttributes present = attributes;
    return present == null ? makeFacts() : present;
  }

  private synchronized LiveAttributes makeFacts() {
    LiveAttributes present = attributes;
    if (present == null) { // else another thread was faster
      present = over(Map.of());
      attributes = present;
    }
    return present;
  }

  @Override
  public FunctionRuntime runtime() {
    return runtime;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (pauser == null) {
      runtime.timing().sleep(duration);
    } else {
      pauser.pause(duration);
    }
  }

  @Override
  public void beforeResponse(Runnable hook) {
    requireOpen();
    hooks.beforeResponse(hook);
  }

  @Override
  public void onEnd(Consumer<FinalOutcome> hook) {
    requireOpen();
    hooks.onEnd(hook);
  }

  @Override
  public void listen(SignalListener listener) {
    requireOpen();
    hooks.listen(listener);
  }

  @Override
  public void carry(ContextCarrier carrier) {
    requireOpen();
    hooks.carry(carrier);
  }

  /** The carriers of the unit of work around this one. */
  List<ContextCarrier> enclosingCarriers() {
    return parent == null || parent.hooks.carriers().isEmpty() ? List.of() : parent.carriers();
  }

  /** The carriers of this unit of work and of those around it, outermost first. */
  public List<ContextCarrier> carriers() {
    List<ContextCarrier> all =
        parent == null ? new ArrayList<>() : new ArrayList<>(parent.carriers());
    all.addAll(hooks.carriers());
    return all;
  }

  @Override
  public void emit(Signal signal) {
    for (LiveInvocation each = this; each != null; each = each.parent) {
      tell(each.hooks.listeners(), signal);
    }
    tell(runtime.listeners(), signal);
  }

  private void tell(List<SignalListener> listeners, Signal signal) {
    for (SignalListener listener : listeners) {
      try {
        listener.onSignal(signal, this);
      } catch (RuntimeException | LinkageError | AssertionError e) {
        warnOnce(listener, e);
      }
    }
  }

  private void warnOnce(SignalListener listener, Throwable failure) {
    if (runtime.part(WarnedOf.class, r -> new WarnedOf()).first(listener.getClass())) {
      LoggerFactory.getLogger(LiveInvocation.class)
          .warn(
              "The signal listener {} threw; the function goes on, and this is said only once",
              listener.getClass().getName(),
              failure);
    }
  }

  /**
   * What a feature keeps about this unit of work alone, not about the enclosing one; made when
   * first asked for. Reading it costs no allocation, since each line of log does.
   *
   * @param type a final class
   * @param make called at most once, under the lock: it must be short
   */
  public <T> T part(Class<T> type, Function<? super LiveInvocation, ? extends T> make) {
    for (Object part : parts) {
      if (part.getClass() == type) {
        return type.cast(part);
      }
    }
    return makePart(type, make);
  }

  private synchronized <T> T makePart(
      Class<T> type, Function<? super LiveInvocation, ? extends T> make) {
    Object[] present = parts;
    for (Object part : present) {
      if (part.getClass() == type) {
        return type.cast(part); // another thread was faster
      }
    }
    T made = make.apply(this);
    Object[] more = Arrays.copyOf(present, present.length + 1);
    more[present.length] = made;
    parts = more;
    return made;
  }

  /** Runs the hooks before the response; to be called by the engine, once, with this in force. */
  public void runBeforeResponse() {
    hooks.runBeforeResponse();
  }

  /** Ends the unit of work; a second call does nothing. */
  public void end(FinalOutcome outcome) {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    hooks.runOnEnd(outcome);
  }

  @Override
  public boolean isOpen() {
    return open && (parent == null || parent.isOpen());
  }

  /**
   * Refuses what comes too late.
   *
   * @throws InvocationClosedException if the unit of work has ended
   */
  public void requireOpen() {
    if (!isOpen()) {
      throw new InvocationClosedException(requestId());
    }
  }

  /** What a unit of work is opened with. Confined to one thread. */
  public static final class Builder {

    private final FunctionRuntime runtime;
    private @Nullable LiveInvocation parent;
    private @Nullable Context context;
    private EventView event = EventView.empty();
    private @Nullable WorkContext work;
    private @Nullable Pauser pauser;
    private @Nullable String workId;
    private Map<AttributeKey<?>, Object> facts = Map.of();

    private Builder(FunctionRuntime runtime) {
      this.runtime = runtime;
    }

    /** The platform's context. */
    public Builder context(@Nullable Context value) {
      this.context = value;
      return this;
    }

    /** The event. */
    public Builder event(EventView value) {
      this.event = value;
      return this;
    }

    /** What its source says about it; nothing by default. */
    public Builder work(WorkContext value) {
      this.work = value;
      return this;
    }

    /** How it waits; plainly by default. */
    public Builder pauser(Pauser value) {
      this.pauser = value;
      return this;
    }

    /** What stays the same over redeliveries; the request id by default. */
    public Builder workId(@Nullable String value) {
      this.workId = value;
      return this;
    }

    /** A fact that it has from the start; one at most. */
    public <T> Builder fact(AttributeKey<T> key, T value) {
      this.facts = Map.of(key, key.type().cast(value));
      return this;
    }

    /** Opens it. */
    public LiveInvocation open() {
      return new LiveInvocation(this);
    }
  }
}
