// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.sim.SqsInvoker.Verdict;
import dev.powertools.local.sqs.BatchResponseRule.Decision;
import dev.powertools.local.sqs.Delivery;
import dev.powertools.local.sqs.Delivery.Fate;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What AWS runs between a queue and a function, on virtual time: it polls, invokes with batches and
 * deletes what the response allows, by AWS's rules to the letter. It never hides a message again
 * and never sends to a dead-letter queue: that is the queue's business, which the next receive
 * does.
 *
 * <p><b>Time.</b> Whatever it does is a plan on the queues' clock, so things happen only while
 * somebody moves the clock: {@link #drain()}, or a function that sleeps on it. A batch that comes
 * due during such a sleep is delivered in the middle of it, up to {@link
 * EventSourceOptions#concurrency()} at once, always in the same order.
 *
 * <p><b>Pollers.</b> A batch holds one of them until it is settled. If the function fails and
 * {@code ReportBatchItemFailures} is off, half of them stop, and one comes back with each success;
 * with it on they never slow down. A batch that the function has no room for is tried again after
 * 1, 2, 4 … 60 s until its visibility ends; it was received all the same, so it can reach the
 * dead-letter queue without ever having run.
 *
 * <p><b>Timeouts.</b> A function that moved the clock past its timeout is held to have been stopped
 * there: its response does not count.
 *
 * <p>Thread-safe; a mapping delivers on the threads that move the clock.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html">Scaling of
 *     SQS event source mappings</a>
 */
public final class SqsMapping implements AutoCloseable {

  private static final int MAX_RECEIVE = 10;
  private static final int MOST_INVOCATIONS = 1000;
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final SimulatedQueues queues;
  private final LocalQueue queue;
  private final EventSourceOptions options;
  private final SqsFaults faults;
  private final SqsInvoker invoker;
  private final VirtualClock clock;
  private final Random draws;
  private final Runnable listener = this::reschedule;
  private final List<SqsReceived> gathering = new ArrayList<>();
  private Instant closesAt = Instant.MIN;
  private VirtualClock.@Nullable Plan plan;
  private int pollers;
  private int underWay;
  private int copiesDue;
  private int batches;
  private boolean stopped;

  private SqsMapping(
      SimulatedQueues queues,
      LocalQueue queue,
      SqsInvoker invoker,
      EventSourceOptions options,
      SqsFaults faults) {
    this.queues = queues;
    this.queue = queue;
    this.options = options;
    this.faults = faults;
    this.invoker = invoker;
    this.clock = queues.clock();
    this.draws = new Random(queues.seed() + 2);
    this.pollers = options.concurrency();
  }

  /**
   * Maps a queue to a function, and starts.
   *
   * @throws IllegalArgumentException if the options don't fit the queue's type, or the queue's
   *     visibility timeout is shorter than the function's timeout: AWS refuses both
   */
  public static SqsMapping start(
      SimulatedQueues queues,
      LocalQueue queue,
      LocalFunction function,
      EventSourceOptions options,
      SqsFaults faults) {
    Duration timeout = function.options().timeout();
    Duration visibility = queues.within(w -> w.byName(queue.name()).settings().visibility());
    if (visibility.compareTo(timeout) < 0) {
      throw new IllegalArgumentException(
          "The visibility timeout of "
              + queue.name()
              + " is "
              + visibility.toSeconds()
              + " s, which is less than the timeout of "
              + function.options().name()
              + ", "
              + timeout.toSeconds()
              + " s: AWS refuses such a mapping. Six times the function's timeout is advised.");
    }
    return start(queues, queue, EventFunction.of(function), timeout, options, faults);
  }

  /**
   * As {@link #start(SimulatedQueues, LocalQueue, LocalFunction, EventSourceOptions, SqsFaults)}.
   */
  public static SqsMapping start(
      SimulatedQueues queues,
      LocalQueue queue,
      EventFunction function,
      EventSourceOptions options,
      SqsFaults faults) {
    return start(queues, queue, function, LONGEST_TIMEOUT, options, faults);
  }

  private static SqsMapping start(
      SimulatedQueues queues,
      LocalQueue queue,
      EventFunction function,
      Duration timeout,
      EventSourceOptions options,
      SqsFaults faults) {
    options.requireFitFor(queue);
    SqsInvoker invoker =
        new SqsInvoker(
            queues.clock(),
            function,
            timeout,
            options.reportBatchItemFailures(),
            faults,
            queues.seed());
    SqsMapping mapping = new SqsMapping(queues, queue, invoker, options, faults);
    queues.onChange(mapping.listener);
    mapping.reschedule();
    return mapping;
  }

  /**
   * Moves the clock until the queue is empty and nothing is under way: each message was deleted,
   * has moved to the dead-letter queue, or has expired. At most 1,000 invocations.
   *
   * @throws PowertoolsException if that is not enough, telling what still circulates
   */
  public void drain() {
    drain(MOST_INVOCATIONS);
  }

  /** As {@link #drain()}, with a bound of one's own. */
  public void drain(int mostInvocations) {
    int before = invoker.invocations();
    while (!isIdle()) {
      if (invoker.invocations() - before > mostInvocations) {
        throw new PowertoolsException(circulating(mostInvocations));
      }
      clock.advanceTo(
          clock
              .nextPlan()
              .orElseThrow(
                  () -> new PowertoolsException("Nothing is planned any more" + circulating(0))));
    }
  }

  private synchronized boolean isIdle() {
    return underWay == 0
        && copiesDue == 0
        && gathering.isEmpty()
        && (stopped || queues.messages(queue).isEmpty());
  }

  private String circulating(int most) {
    StringBuilder text = new StringBuilder();
    text.append(queue.name()).append(" is not drained after ").append(most);
    text.append(" invocations: without a dead-letter queue a message that always fails comes back");
    text.append(" until it expires. What is still there:\n\n");
    queues.messages(queue).stream()
        .limit(3)
        .forEach(m -> text.append(queues.explain(m.messageId())).append('\n'));
    return text.toString();
  }

  /** Stops polling; what is under way goes on. */
  @Override
  public synchronized void close() {
    stopped = true;
    queues.removeListener(listener);
    if (plan != null) {
      plan.cancel();
    }
  }

  // ---- polling

  /** Plans the next poll for the moment at which it would find something. */
  private synchronized void reschedule() {
    if (plan != null) {
      plan.cancel();
      plan = null;
    }
    if (stopped) {
      return;
    }
    Optional<Instant> next = Optional.empty();
    if (!gathering.isEmpty() || underWay < pollers) {
      next = queues.nextReceivable(queue.name());
    }
    if (!gathering.isEmpty() && next.filter(n -> n.isBefore(closesAt)).isEmpty()) {
      next = Optional.of(closesAt);
    }
    next.ifPresent(at -> plan = clock.at(at.isBefore(clock.now()) ? clock.now() : at, this::poll));
  }

  private void poll() {
    List<SqsReceived> complete = gather();
    if (!complete.isEmpty()) {
      reschedule(); // for the other pollers: the function may let time pass
      drawCopies(complete);
      List<List<SqsReceived>> events = SqsBatch.split(complete);
      for (int i = 0; i < events.size(); i++) {
        if (i > 0) {
          occupy();
        }
        deliver(batch(events.get(i)));
      }
    }
    reschedule();
  }

  /** Receives into the batch that is open; empty unless it is complete. */
  private synchronized List<SqsReceived> gather() {
    plan = null;
    if (stopped || (gathering.isEmpty() && underWay >= pollers)) {
      return List.of();
    }
    boolean first = gathering.isEmpty();
    Duration window = options.maximumBatchingWindow();
    List<SqsReceived> got = receive();
    gathering.addAll(got);
    while (!window.isZero() && !got.isEmpty() && gathering.size() < options.batchSize()) {
      got = receive();
      gathering.addAll(got);
    }
    if (first) {
      closesAt = clock.now().plus(window);
    }
    boolean open = gathering.size() < options.batchSize() && clock.now().isBefore(closesAt);
    if (gathering.isEmpty() || open) {
      return List.of();
    }
    List<SqsReceived> complete = List.copyOf(gathering);
    gathering.clear();
    underWay++;
    return complete;
  }

  private List<SqsReceived> receive() {
    int most = Math.min(MAX_RECEIVE, options.batchSize() - gathering.size());
    return queues.within(w -> w.byName(queue.name()).receive(most, null));
  }

  private synchronized void occupy() {
    underWay++;
  }

  private synchronized SqsBatch batch(List<SqsReceived> messages) {
    return new SqsBatch(++batches, messages, queues.hiddenUntil(messages));
  }

  // ---- copies

  /** A standard queue may hand out a copy later; a FIFO queue's batch is sent twice instead. */
  private void drawCopies(List<SqsReceived> received) {
    if (queue.isFifo()) {
      return;
    }
    for (SqsReceived message : received) {
      if (draws.nextDouble() < faults.duplicates()) {
        int within = (int) Math.max(1, queues.visibility(queue).toSeconds());
        planCopy(message.id(), Duration.ofSeconds(draws.nextInt(within)));
      }
    }
  }

  private synchronized void planCopy(String id, Duration in) {
    copiesDue++;
    clock.in(in, () -> deliverCopy(id));
  }

  private void deliverCopy(String id) {
    synchronized (this) {
      copiesDue--;
      if (stopped) {
        return;
      }
      if (underWay >= pollers) {
        planCopy(id, Duration.ofSeconds(1));
        return;
      }
      underWay++;
    }
    List<SqsReceived> copy =
        queues.within(w -> List.of(w.byName(queue.name()).receiveCopy(w.ledger.existing(id))));
    deliver(batch(copy));
    reschedule();
  }

  // ---- delivering

  private void deliver(SqsBatch batch) {
    boolean settled = true;
    try {
      byte[] event = batch.event(queue);
      if (queue.isFifo() && draws.nextDouble() < faults.duplicates()) {
        tell(batch, "sent to the function twice: the first response is lost");
        invoker.invoke(batch, event);
      }
      settled = attempt(batch, event, Duration.ofSeconds(1));
    } finally {
      if (settled) {
        settled();
      }
    }
  }

  /** Invokes; false if the batch has to wait for room. */
  private boolean attempt(SqsBatch batch, byte[] event, Duration pause) {
    Verdict verdict = invoker.invoke(batch, event);
    Decision decision = verdict.decision();
    if (decision != null) {
      scale(verdict.failed());
      batch.messages().forEach(message -> apply(message, batch, verdict, decision));
      return true;
    }
    Instant again = clock.now().plus(pause);
    if (!again.isBefore(batch.hiddenUntil())) {
      tell(batch, "throttled until its visibility ended: never run in this batch");
      return true;
    }
    if (pause.equals(Duration.ofSeconds(1))) {
      tell(batch, "throttled; tried again until " + queues.time(batch.hiddenUntil()));
    }
    clock.at(again, () -> again(batch, event, longer(pause)));
    return false;
  }

  private void again(SqsBatch batch, byte[] event, Duration pause) {
    boolean settled = true;
    try {
      settled = attempt(batch, event, pause);
    } finally {
      if (settled) {
        settled();
      }
    }
    reschedule();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private synchronized void settled() {
    underWay--;
  }

  private synchronized void scale(boolean failed) {
    if (failed && !options.reportBatchItemFailures()) {
      pollers = Math.max(1, pollers / 2);
    } else if (!failed) {
      pollers = Math.min(options.concurrency(), pollers + 1);
    }
  }

  private void apply(SqsReceived message, SqsBatch batch, Verdict verdict, Decision decision) {
    String by = "batch " + batch.number() + ", request " + verdict.requestId() + ": ";
    Fate fate = Fate.RETURNED;
    if (decision.delete().contains(message.id())) {
      fate = delete(message, by + decision.explanation()) ? Fate.DELETED : Fate.DELETE_UNCONFIRMED;
    } else {
      queues.tellReturned(message, by + decision.explanation());
    }
    options
        .listener()
        .accept(
            new Delivery(
                message.id(),
                message.receives(),
                verdict.requestId(),
                clock.now(),
                fate,
                decision.explanation()));
  }

  private boolean delete(SqsReceived message, String rule) {
    try {
      return queues.told(
          () -> queues.within(w -> w.byName(queue.name()).delete(message.handle(), rule)));
    } catch (SqsRefusal expired) {
      return false; // of a FIFO queue; the queue has told the message's story
    }
  }

  private void tell(SqsBatch batch, String text) {
    batch.messages().forEach(m -> queues.tell(m.id(), "batch " + batch.number() + ": " + text));
  }
}
