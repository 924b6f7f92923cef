// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.VirtualClock;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.local.aws.AwsRequest;
import dev.powertools.local.aws.AwsService;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.QueueOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SQS on virtual time: standard and FIFO queues by AWS's rules, with a real {@link SqsClient} that
 * reaches them without a port, and an account of what happened to each message.
 *
 * <p>Nothing here waits and nothing is random but by the seed: the same program with the same seed
 * gives the same account, byte for byte. Only the clock moves time; a long poll moves it, as any
 * wait does.
 *
 * <p>Modelled: visibility timeouts (12 hours from the receive at most, no clamping), delays,
 * receive counts, redrive policies, retention, FIFO group locks, deduplication over 5 minutes,
 * sequence numbers, the limit of messages in flight, sizes in UTF-8 bytes, the batch API, receipt
 * handles that grow old (an old one deletes nothing; on a FIFO queue it is an error once its
 * visibility timeout has ended). Not modelled: receive request attempt ids, redrive allow policies,
 * throttling of high-throughput FIFO queues, access policies and keys.
 *
 * <p>Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html">Amazon
 *     SQS Developer Guide</a>
 */
public final class SimulatedQueues implements AwsService, AutoCloseable {

  private final VirtualClock clock;
  private final SqsWorld world;
  private final boolean createOnSend;
  private final long seed;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private @Nullable SqsClient client;

  private SimulatedQueues(Builder builder) {
    clock = builder.clock;
    seed = builder.seed;
    createOnSend = builder.createOnSend;
    world = new SqsWorld(clock, seed, builder.shuffled, builder.inFlightLimit);
  }

  /** Queues with the defaults. */
  public static SimulatedQueues on(VirtualClock clock) {
    return builder(clock).build();
  }

  /** Starts from the defaults. */
  public static Builder builder(VirtualClock clock) {
    return new Builder(clock);
  }

  /** Creates a queue with SQS's defaults, FIFO if its name ends with {@code .fifo}. */
  public LocalQueue createQueue(String name) {
    return createQueue(name, QueueOptions.defaults());
  }

  /** Creates a queue, FIFO if its name ends with {@code .fifo}. */
  public LocalQueue createQueue(String name, QueueOptions options) {
    Map<String, String> attributes = new LinkedHashMap<>();
    options
        .attributes(name.endsWith(".fifo"))
        .forEach((key, value) -> attributes.put(key.toString(), value));
    return told(() -> within(w -> w.create(name, attributes).names));
  }

  /** The queue of a name, which exists. */
  public LocalQueue queue(String name) {
    return within(w -> w.byName(name).names);
  }

  /** Sends a message as somebody outside the function would; returns its id. */
  public String send(LocalQueue queue, SqsSend message) {
    return told(() -> within(w -> w.byName(queue.name()).send(message.outgoing(), false).id));
  }

  /** What a queue holds, in flight and delayed included, in the order of arrival. */
  public List<SimulatedMessage> messages(LocalQueue queue) {
    return within(
        w -> w.byName(queue.name()).messages().stream().map(SimulatedMessage::of).toList());
  }

  /** What was sent through {@link #client()}, whatever became of it, in order. */
  public List<SimulatedMessage> sentByClient() {
    return within(
        w ->
            w.ledger.sent().values().stream()
                .filter(message -> message.sentByClient)
                .map(SimulatedMessage::of)
                .toList());
  }

  /**
   * A client of these queues, with fake credentials and the SDK's own checks; made when first asked
   * for, and closed with the queues.
   */
  public synchronized SqsClient client() {
    SqsClient existing = client;
    if (existing == null) {
      existing = Aws.start(clock).serve("sqs", this).client(SqsClient.builder());
      client = existing;
    }
    return existing;
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    return new SqsProtocol(this).answer(request);
  }

  // ---- the account

  /**
   * The story of one message, in virtual times since the clock's start.
   *
   * @throws IllegalArgumentException if no such message was sent
   */
  public String explain(String messageId) {
    return within(w -> SqsAccount.of(w, messageId));
  }

  /** The stories of all messages, in the order of sending. */
  public String account() {
    return within(SqsAccount::of);
  }

  /** Where every message is that was ever sent. */
  public SqsConservation conservation() {
    return within(SqsConservation::of);
  }

  /**
   * Fails if a message is nowhere, or in two places.
   *
   * @throws AssertionError naming it, with the whole account
   */
  public void assertNothingLost() {
    SqsConservation conservation = conservation();
    if (!conservation.wrong().isEmpty()) {
      throw new AssertionError(String.join("\n", conservation.wrong()) + "\n\n" + account());
    }
  }

  // ---- for the parts of the simulation

  VirtualClock clock() {
    return clock;
  }

  long seed() {
    return seed;
  }

  boolean createOnSend() {
    return createOnSend;
  }

  /** Does something to the queues as they are now, alone. */
  <T> T within(Function<SqsWorld, T> work) {
    synchronized (world) {
      world.expire();
      return work.apply(world);
    }
  }

  /** Does something that may change the queues, and tells those who wait for a change. */
  <T> T told(Supplier<T> change) {
    T result = change.get();
    listeners.forEach(Runnable::run);
    return result;
  }

  /** Is called after each change, without a lock. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /** When a receive would next find something. */
  Optional<Instant> nextReceivable(String queue) {
    return within(w -> w.byName(queue).nextReceivable(w.now()));
  }

  Duration visibility(LocalQueue queue) {
    return within(w -> w.byName(queue.name()).settings().visibility());
  }

  /** When the first of these can be received again. */
  Instant hiddenUntil(List<SqsReceived> messages) {
    return within(
        w ->
            messages.stream()
                .map(m -> w.ledger.existing(m.id()).visibleAt)
                .min(Instant::compareTo)
                .orElseGet(w::now));
  }

  void tell(String id, String text) {
    within(
        w -> {
          w.ledger.tell(id, w.now(), text);
          return text;
        });
  }

  String time(Instant at) {
    return within(w -> w.ledger.time(at));
  }

  /** A response did not allow to delete this message. */
  void tellReturned(SqsReceived message, String why) {
    within(
        w -> {
          SqsStored stored = w.ledger.existing(message.id());
          boolean latest = message.handle().equals(stored.handle) && !w.ledger.isGone(message.id());
          String back =
              latest
                  ? "returns "
                      + (stored.isVisible(w.now())
                          ? "at once"
                          : "at " + w.ledger.time(stored.visibleAt))
                  : "not deleted by this receive";
          w.ledger.tell(message.id(), w.now(), back + ": " + why);
          return back;
        });
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  /**
   * Collects options; not thread-safe. Defaults: seed 1; messages of a standard queue in the order
   * of sending; 120,000 messages in flight, as in AWS.
   */
  public static final class Builder {

    private static final int AWS_IN_FLIGHT = 120_000;

    private final VirtualClock clock;
    private long seed = 1;
    private boolean shuffled;
    private int inFlightLimit = AWS_IN_FLIGHT;
    private boolean createOnSend;

    private Builder(VirtualClock clock) {
      this.clock = Objects.requireNonNull(clock);
    }

    /** Rules ids, order and whatever else is drawn. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** Standard queues hand out what they have in any order, as they may in AWS. */
    public Builder shuffled() {
      this.shuffled = true;
      return this;
    }

    /** How many messages of one queue may be in flight. */
    public Builder inFlightLimit(int messages) {
      this.inFlightLimit = messages;
      return this;
    }

    /** A client that sends to a queue that does not exist creates it. */
    public Builder createOnSend() {
      this.createOnSend = true;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public SimulatedQueues build() {
      if (inFlightLimit < 1) {
        throw new IllegalArgumentException(
            "inFlightLimit is '" + inFlightLimit + "': expected 1 or more");
      }
      return new SimulatedQueues(this);
    }
  }
}
