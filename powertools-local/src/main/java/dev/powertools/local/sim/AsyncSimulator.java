// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.FunctionInitException;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous invocations of a function, on virtual time: events wait in a queue and are tried
 * until they succeed or are given up.
 *
 * <ul>
 *   <li>A function that fails is tried again after one minute, then after two more.
 *   <li>An event that does not reach it (throttled, service failure) is tried again for as long as
 *       it may wait, after 1 s first and 5 min at most, and that uses up no retry.
 *   <li>All invocations for one event have the same request id; so has the duplicate that the queue
 *       delivers now and then, if {@link AsyncOptions.Builder#duplicates} says so. A duplicate's
 *       answer is of no consequence.
 * </ul>
 *
 * <p>Whatever is random is drawn from the seed. Things happen when the clock is moved or {@link
 * #drain()} is called. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     How Lambda handles errors with asynchronous invocation</a>
 */
public final class AsyncSimulator {

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final int MESSAGE_CHARS = 1024;
  private static final int LATEST_DUPLICATE_SECONDS = 60;

  private final VirtualClock clock;
  private final EventFunction function;
  private final AsyncOptions options;
  private final StreamIds ids;
  private final Map<AsyncEvent, AsyncState> states = new LinkedHashMap<>();
  private final List<AsyncResult> results = new ArrayList<>();
  private final List<AsyncDeadLetter> deadLetters = new ArrayList<>();
  private final Instant start;
  private int inFlight;
  private @Nullable Throwable stoppedBy;

  private AsyncSimulator(VirtualClock clock, EventFunction function, AsyncOptions options) {
    this.clock = clock;
    this.function = function;
    this.options = options;
    this.ids = new StreamIds(options.seed());
    this.start = clock.now();
  }

  /** A function with an empty queue. */
  public static AsyncSimulator of(
      VirtualClock clock, EventFunction function, AsyncOptions options) {
    return new AsyncSimulator(clock, function, options);
  }

  /** Puts an event of JSON text into the queue. */
  public AsyncEvent send(String json) {
    return send(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an event into the queue. */
  public synchronized AsyncEvent send(byte[] json) {
    AsyncEvent event = new AsyncEvent(states.size() + 1, ids.uuid(), clock.now(), json);
    AsyncState state = new AsyncState(start);
    states.put(event, state);
    state.tell(clock.now(), "queued");
    state.plan(clock.in(Duration.ZERO, () -> attempt(event, state)));
    if (ids.happens(options.duplicates())) {
      Duration later = Duration.ofSeconds(ids.upTo(LATEST_DUPLICATE_SECONDS));
      state.planDuplicate(clock.in(later, () -> duplicate(event, state)));
    }
    return event;
  }

  /**
   * Moves the clock until every event has its fate and the last duplicate is delivered.
   *
   * @throws FunctionInitException if the function can't be started
   */
  public void drain() {
    for (Optional<Instant> next = next(); next.isPresent(); next = next()) {
      clock.advanceTo(next.get());
    }
    rethrow();
  }

  /** The story of every event in the order of sending, in virtual times. */
  public synchronized String explain() {
    StringBuilder text = new StringBuilder();
    states.keySet().forEach(event -> text.append(explain(event)));
    return text.toString();
  }

  /** The story of one event. */
  public synchronized String explain(AsyncEvent event) {
    return event + "\n" + state(event).story();
  }

  /** What became of an event so far. */
  public synchronized AsyncFate fate(AsyncEvent event) {
    return state(event).fate();
  }

  /** All events in the order of sending. */
  public synchronized List<AsyncEvent> events() {
    return List.copyOf(states.keySet());
  }

  /** What the destination for successes was sent, oldest first. */
  public synchronized List<AsyncResult> successes() {
    return results.stream().filter(r -> r.condition().equals(AsyncResult.SUCCESS)).toList();
  }

  /** What the destination for failures was sent, oldest first. */
  public synchronized List<AsyncResult> failures() {
    return results.stream().filter(r -> !r.condition().equals(AsyncResult.SUCCESS)).toList();
  }

  /** What the dead-letter queue was sent, oldest first. */
  public synchronized List<AsyncDeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  private AsyncState state(AsyncEvent event) {
    AsyncState state = states.get(event);
    if (state == null) {
      throw new IllegalArgumentException(event + " was not sent here");
    }
    return state;
  }

  private synchronized Optional<Instant> next() {
    return states.values().stream().flatMap(AsyncState::due).min(Instant::compareTo);
  }

  private synchronized void rethrow() {
    if (stoppedBy instanceof Error error) {
      throw error;
    }
    if (stoppedBy instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void attempt(AsyncEvent event, AsyncState state) {
    synchronized (this) {
      state.plan(null);
      if (stoppedBy != null || expired(event, state)) {
        return;
      }
    }
    EventAnswer answer = invoke(event);
    if (answer != null) {
      apply(event, state, answer);
    }
  }

  private void duplicate(AsyncEvent event, AsyncState state) {
    synchronized (this) {
      state.planDuplicate(null);
      if (stoppedBy != null) {
        return;
      }
    }
    EventAnswer answer = invoke(event);
    if (answer != null) {
      tellDuplicate(state, answer);
    }
  }

  private synchronized void tellDuplicate(AsyncState state, EventAnswer answer) {
    state.tell(clock.now(), "duplicate delivery: " + told(answer));
  }

  /** The function's answer; null if it stopped the simulator. */
  private @Nullable EventAnswer invoke(AsyncEvent event) {
    InvokeOptions how = enter(event);
    if (how == null) {
      return EventAnswer.throttled();
    }
    try {
      EventAnswer answer = function.invoke(event.payload(), how);
      return Objects.requireNonNull(answer, "no answer");
    } catch (FunctionInitException e) {
      stop(e);
      return null;
    } catch (RuntimeException e) {
      return EventAnswer.failed(e);
    } catch (Error e) {
      // A failed assertion of a test, as a rule: it has to fail the test, not the thread it is on.
      stop(e);
      return null;
    } finally {
      leave();
    }
  }

  /** How to invoke; null if the function's concurrency is used up. */
  private synchronized @Nullable InvokeOptions enter(AsyncEvent event) {
    if (inFlight >= function.maxConcurrency()) {
      return null;
    }
    inFlight++;
    return ids.invocation(event.requestId());
  }

  private synchronized void leave() {
    inFlight--;
  }

  private synchronized void stop(Throwable fatal) {
    stoppedBy = stoppedBy == null ? fatal : stoppedBy;
    states.values().forEach(AsyncState::cancel);
  }

  private synchronized boolean expired(AsyncEvent event, AsyncState state) {
    if (!clock.now().isAfter(event.queued().plus(options.maximumEventAge()))) {
      return false;
    }
    giveUp(event, state, AsyncResult.AGE_EXCEEDED, "older than " + options.maximumEventAge());
    return true;
  }

  private synchronized void apply(AsyncEvent event, AsyncState state, EventAnswer answer) {
    state.answered(answer);
    if (!answer.reached()) {
      again(event, state, answer, backoff(state.throttles() - 1), "no retry used up");
    } else if (answer.error().isEmpty()) {
      state.end(clock.now(), AsyncFate.SUCCEEDED, told(answer));
      if (options.onSuccess()) {
        result(event, state, AsyncResult.SUCCESS);
      }
    } else if (state.failures() <= options.maximumRetryAttempts()) {
      String which = "retry " + state.failures() + " of " + options.maximumRetryAttempts();
      again(event, state, answer, Duration.ofMinutes(state.failures()), which);
    } else {
      giveUp(event, state, AsyncResult.RETRIES_EXHAUSTED, told(answer));
    }
  }

  private void again(
      AsyncEvent event, AsyncState state, EventAnswer answer, Duration delay, String why) {
    state.tell(clock.now(), told(answer) + "; again, " + why);
    state.plan(stoppedBy != null ? null : clock.in(delay, () -> attempt(event, state)));
  }

  private void giveUp(AsyncEvent event, AsyncState state, String condition, String told) {
    if (options.onFailure()) {
      result(event, state, condition);
    }
    if (options.deadLetterQueue()) {
      deadLetters.add(deadLetter(event, state));
    }
    boolean sent = options.onFailure() || options.deadLetterQueue();
    AsyncFate fate = sent ? AsyncFate.SENT_TO_DESTINATION : AsyncFate.DISCARDED;
    state.end(clock.now(), fate, told + "; " + condition);
  }

  private void result(AsyncEvent event, AsyncState state, String condition) {
    String document =
        AsyncRecordJson.write(
            event,
            condition,
            state.invocations(),
            clock.now(),
            function.arn(),
            state.lastReached());
    results.add(new AsyncResult(event, clock.now(), condition, document));
  }

  private AsyncDeadLetter deadLetter(AsyncEvent event, AsyncState state) {
    EventAnswer last = state.last();
    String message = last == null ? "" : last.errorText();
    Map<String, String> attributes =
        Map.of(
            "RequestID",
            event.requestId(),
            "ErrorCode",
            String.valueOf(last == null ? 0 : last.status()),
            "ErrorMessage",
            message.substring(0, Math.min(MESSAGE_CHARS, message.length())));
    return new AsyncDeadLetter(clock.now(), event.text(), attributes);
  }

  private static Duration backoff(int times) {
    Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(times, 16));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  private static String told(EventAnswer answer) {
    if (!answer.reached()) {
      return "not reached, status " + answer.status();
    }
    return answer.error().isPresent() ? "the function failed: " + answer.errorText() : "returned";
  }
}
