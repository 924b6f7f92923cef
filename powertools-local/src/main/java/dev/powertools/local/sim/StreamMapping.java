// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.FunctionInitException;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.VirtualClock.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping of a stream. Everything happens in plans on the clock: a batch is taken,
 * sent without a lock being held, and its answer applied. A function that sleeps on the clock lets
 * the plans of other lanes run in between, on its thread and always in the same order.
 *
 * <p>What happens to a batch:
 *
 * <ul>
 *   <li>It was not reached: the same batch again, a little later each time; no retry is used up.
 *   <li>It failed: split in two where that is on and it has more than one record, which uses up no
 *       retry; else retried, a little later each time; else, with no retry left, given up whole.
 *   <li>Part of it failed: what comes before the lowest is done. The rest is a batch of its own
 *       where bisecting is on, else retried as a failed batch is. A rest that is no smaller than
 *       the batch always uses up a retry, or it would never end.
 *   <li>Records that are too old when they are about to be sent are given up; those that the stream
 *       no longer keeps are gone.
 * </ul>
 *
 * <p>AWS documents neither how long it waits between retries (here 1 s, doubling up to a minute)
 * nor whether a partial failure uses up a retry where bisecting is off (here it does, as any
 * failure), nor whether a rest keeps the retries that its batch used up (here it does). Polling
 * takes no time here.
 *
 * <p>Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Error
 *     handling of Kinesis event source mappings</a>
 */
final class StreamMapping {

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  private final VirtualClock clock;
  private final StreamSource source;
  private final EventFunction function;
  private final StreamOptions options;
  private final StreamAccount account;
  private final StreamIds ids;
  private final Map<String, StreamLane> lanes = new LinkedHashMap<>();
  private final StreamGivenUp givenUp;
  private boolean started;
  private int inFlight;
  private int invocations;
  private @Nullable Throwable stoppedBy;

  StreamMapping(
      VirtualClock clock, StreamSource source, EventFunction function, StreamOptions options) {
    this.clock = clock;
    this.source = source;
    this.function = function;
    this.options = options;
    this.account = new StreamAccount(clock.now());
    this.ids = new StreamIds(options.seed());
    this.givenUp = new StreamGivenUp(options, source, function.arn(), account, ids);
  }

  /** Starts reading; what was sent before is read as the starting position says. */
  synchronized void start() {
    if (started) {
      throw new IllegalStateException("The mapping of " + source.arn() + " has started already");
    }
    started = true;
    Instant now = clock.now();
    for (StreamRecord record : account.records()) {
      if (options.startingPosition().reads(record)) {
        enqueue(record, now);
      } else {
        String why = "the mapping starts at " + options.startingPosition();
        account.end(record, now, 0, StreamFate.BEFORE_START, why);
      }
    }
  }

  synchronized void send(StreamRecord record) {
    account.sent(record);
    if (started) {
      enqueue(record, clock.now());
    }
  }

  /** Moves the clock until nothing is left to do. */
  void drain() {
    for (Optional<Instant> next = next(); next.isPresent(); next = next()) {
      clock.advanceTo(next.get());
    }
    rethrow();
  }

  synchronized List<StreamFailure> failures() {
    return givenUp.failures();
  }

  /** Reads the account under the lock. */
  synchronized <T> T account(Function<StreamAccount, T> reader) {
    return reader.apply(account);
  }

  private synchronized Optional<Instant> next() {
    return lanes.values().stream()
        .flatMap(l -> l.plan().stream())
        .map(Plan::at)
        .min(Instant::compareTo);
  }

  private synchronized void rethrow() {
    if (stoppedBy instanceof Error error) {
      throw error;
    }
    if (stoppedBy instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void enqueue(StreamRecord record, Instant now) {
    String name = source.lane(record, options.parallelizationFactor());
    StreamLane lane = lanes.computeIfAbsent(name, n -> new StreamLane(options));
    lane.add(record, now);
    schedule(lane);
  }

  private void schedule(StreamLane lane) {
    if (stoppedBy != null || lane.isBusy()) {
      return;
    }
    Optional<Instant> next = lane.next(clock.now());
    lane.plan(next.map(moment -> clock.at(moment, () -> run(lane))).orElse(null));
  }

  private void run(StreamLane lane) {
    Delivery delivery = begin(lane);
    if (delivery == null) {
      return;
    }
    EventAnswer answer = null;
    Throwable fatal = null;
    try {
      byte[] event = source.event(delivery.batch.records());
      answer = Objects.requireNonNull(function.invoke(event, delivery.how), "no answer");
    } catch (FunctionInitException e) {
      fatal = e;
    } catch (RuntimeException e) {
      answer = EventAnswer.failed(e);
    } catch (Error e) {
      // A failed assertion of a test, as a rule: it has to fail the test, not the thread it is on.
      fatal = e;
    }
    finish(lane, delivery, answer, fatal);
  }

  private synchronized @Nullable Delivery begin(StreamLane lane) {
    lane.plan(null);
    if (stoppedBy != null || lane.isBusy()) {
      return null;
    }
    Instant now = clock.now();
    StreamBatch batch = fresh(lane, now);
    if (batch == null) {
      schedule(lane);
      return null;
    }
    if (inFlight >= function.maxConcurrency()) {
      notReached(lane, batch, "throttled, the function's concurrency is used up");
      schedule(lane);
      return null;
    }
    inFlight++;
    lane.begin();
    return new Delivery(batch, ++invocations, ids.invocation());
  }

  private synchronized void finish(
      StreamLane lane, Delivery delivery, @Nullable EventAnswer answer, @Nullable Throwable fatal) {
    inFlight--;
    lane.end(clock.now());
    if (answer == null) {
      stop(lane, delivery, Objects.requireNonNull(fatal));
      return;
    }
    apply(lane, delivery, answer);
    schedule(lane);
  }

  private void stop(StreamLane lane, Delivery delivery, Throwable fatal) {
    stoppedBy = stoppedBy == null ? fatal : stoppedBy;
    lane.putFirst(delivery.batch);
    lanes.values().forEach(l -> l.plan(null));
    tell(delivery.batch, "the mapping stopped: " + fatal);
  }

  private void apply(StreamLane lane, Delivery delivery, EventAnswer answer) {
    StreamResponseRule.Decision decision =
        StreamResponseRule.decide(
            answer, delivery.batch.records(), options.reportBatchItemFailures(), source);
    String told = "batch of " + delivery.batch.size() + ": " + decision.reason();
    if (decision.verdict() == StreamResponseRule.Verdict.NOT_REACHED) {
      notReached(lane, delivery.batch, told);
      return;
    }
    StreamInvocation invocation =
        new StreamInvocation(
            delivery.number, delivery.how.requestId(), clock.now(), answer.error().isPresent());
    StreamBatch batch = delivery.batch.invoked(invocation);
    for (StreamRecord record : batch.records()) {
      if (!decision.rest().contains(record)) {
        account.end(record, clock.now(), delivery.number, StreamFate.SUCCEEDED, told);
      }
    }
    if (!decision.rest().isEmpty()) {
      StreamBatch rest = batch.with(decision.rest());
      boolean failed = decision.verdict() == StreamResponseRule.Verdict.FAILURE;
      again(lane, rest, failed ? Split.IN_TWO : split(batch, rest), told);
    }
  }

  /** How a batch may be split where bisecting is on. */
  private enum Split {
    IN_TWO,
    /** It is the rest of a larger batch: the split was made. */
    MADE,
    /** The lowest failure is the batch's first record: there is nothing to split off. */
    NONE
  }

  private static Split split(StreamBatch batch, StreamBatch rest) {
    return rest.size() < batch.size() ? Split.MADE : Split.NONE;
  }

  /** Splits a batch, retries it or gives it up. */
  private void again(StreamLane lane, StreamBatch batch, Split split, String told) {
    int half = batch.size() / 2;
    if (options.bisect() && split == Split.MADE) {
      lane.putFirst(batch);
      tell(batch, told + "; split there");
    } else if (options.bisect() && split == Split.IN_TWO && half > 0) {
      lane.putFirst(batch.with(batch.records().subList(half, batch.size())));
      lane.putFirst(batch.with(batch.records().subList(0, half)));
      tell(batch, told + "; split in two");
    } else {
      retry(lane, batch, told);
    }
  }

  private void retry(StreamLane lane, StreamBatch batch, String told) {
    OptionalInt most = source.maximumRetryAttempts(options);
    if (most.isPresent() && batch.retries() >= most.getAsInt()) {
      givenUp.giveUp(batch, StreamFailure.RETRIES_EXHAUSTED, told, clock.now());
      return;
    }
    lane.putFirst(batch.retryAt(clock.now().plus(backoff(batch.retries()))));
    String limit = most.isPresent() ? " " + (batch.retries() + 1) + " of " + most.getAsInt() : "";
    tell(batch, told + "; retry" + limit);
  }

  private void notReached(StreamLane lane, StreamBatch batch, String told) {
    lane.putFirst(batch.throttledUntil(clock.now().plus(backoff(batch.throttles()))));
    tell(batch, told + "; again, no retry used up");
  }

  private static Duration backoff(int times) {
    Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(times, 16));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  /** The next batch that is due, without the records whose time is over; null if there is none. */
  private @Nullable StreamBatch fresh(StreamLane lane, Instant now) {
    for (StreamBatch batch = lane.take(now); batch != null; batch = lane.take(now)) {
      StreamBatch kept = givenUp.withoutExpired(batch, now);
      StreamBatch young = givenUp.withoutAged(kept, now);
      if (young.size() > 0) {
        return young;
      }
    }
    return null;
  }

  private void tell(StreamBatch batch, String text) {
    StreamInvocation last = batch.throttles() > 0 ? null : batch.last();
    for (StreamRecord record : batch.records()) {
      account.tell(record, clock.now(), last == null ? 0 : last.number(), text);
    }
  }

  private record Delivery(StreamBatch batch, int number, InvokeOptions how) {}
}
