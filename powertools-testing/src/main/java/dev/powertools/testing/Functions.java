// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.SignalListener;
import dev.powertools.core.config.Config;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.event.Events;
import dev.powertools.local.sim.DynamoDbStreamSimulator;
import dev.powertools.local.sim.KafkaSimulator;
import dev.powertools.local.sim.KinesisSimulator;
import dev.powertools.local.sim.SimulatedMessage;
import dev.powertools.local.sim.SimulatedQueues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes functions for one test. Each runs under the production runtime client in this JVM, with a
 * runtime of the test's own: what the handler's provider says ({@code @PowertoolsConfig}), but the
 * test's clock, the test's environment variables, stores in memory, no AWS, and logs captured. Say
 * what differs before making a function; a function keeps what was said before it was made.
 * Thread-safe, and closed with the test.
 */
public final class Functions implements AutoCloseable {

  private final TestClock clock = new TestClock();
  private final FunctionLogs logs = new FunctionLogs();
  private final Spans spans = new Spans();
  private final SimulatedQueues queues =
      SimulatedQueues.builder(clock.virtual()).createOnSend().build();
  private final Aws aws = Aws.start(clock.virtual());
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final TestRuntimes runtimes = new TestRuntimes(clock);
  private final List<TestFunction> made = new CopyOnWriteArrayList<>();
  private final List<Consumer<Functions>> said = new CopyOnWriteArrayList<>();
  private final Set<String> handlers = ConcurrentHashMap.newKeySet();
  private final Leaks leaks = new Leaks(logs, aws, handlers);
  private final boolean traced;
  private Duration timeout = Duration.ofMinutes(1);

  private Functions() {
    Features.standIn(runtimes, logs, clock, aws);
    this.traced = Features.standInSpans(runtimes, spans, clock);
    leaks.source("spans", response -> spans.textsOf(response.requestId()));
    runtimes.standIn(SqsClient.class, queues::client);
  }

  /**
   * For use without JUnit: to be closed by the caller. Under {@link FunctionTest} it comes as a
   * parameter.
   */
  public static Functions start() {
    return new Functions();
  }

  /** The lines that the functions of this test have logged. */
  public FunctionLogs logs() {
    return logs;
  }

  /**
   * The spans that the functions of this test have made.
   *
   * @throws IllegalStateException if no OpenTelemetry SDK is on the class path
   */
  public Spans spans() {
    if (!traced) {
      throw new IllegalStateException(
          "There are no Spans without an SDK: add io.opentelemetry:opentelemetry-sdk in test"
              + " scope.");
    }
    return spans;
  }

  /**
   * The messages that functions of this test sent to queues, dead letters as a rule, in order;
   * empty if the test gave them an SQS client of its own.
   */
  public List<DeadLettered> deadLetters() {
    return queues.sentByClient().stream().map(this::deadLettered).toList();
  }

  private DeadLettered deadLettered(SimulatedMessage message) {
    return DeadLettered.of(message, queues.queue(message.queue()).url());
  }

  /**
   * A queue before a function whose handler the runtime client makes, on the time of this test:
   * {@code functions.sqs("orders", OrderHandler.class).start()}.
   *
   * @param name the queue's name; one that ends with {@code .fifo} makes it a FIFO queue
   */
  public SqsSetup sqs(String name, Class<?> handler) {
    return new SqsSetup(queues, name, function(handler).local(), this::ofNoHandler);
  }

  /** As {@link #sqs(String, Class)}, with a handler object that the test makes. */
  public <H> SqsSetup sqs(String name, Class<H> handler, Supplier<? extends H> instance) {
    return new SqsSetup(queues, name, function(handler, instance).local(), this::ofNoHandler);
  }

  /**
   * As {@link #sqs(String, Class)}, before a function that the test runs otherwise, such as a
   * process of its own ({@link LocalFunction#fork}): it has nothing of what this test gives, and
   * its deadline is on the real clock. The test closes it.
   */
  public SqsSetup sqs(String name, LocalFunction function) {
    return new SqsSetup(queues, name, function, this::ofNoHandler);
  }

  /**
   * The idempotency store of this test.
   *
   * @throws IllegalStateException if powertools-idempotency is not on the class path
   */
  public synchronized TestStore store() {
    return Features.store(ofNoHandler());
  }

  /** A collaborator that functions made now would have. */
  synchronized <T> Optional<T> part(Class<T> type) {
    return ofNoHandler().part(type);
  }

  /** A collaborator that functions of a handler made now would have, its provider asked too. */
  synchronized <T> Optional<T> part(Class<T> type, Class<?> handler) {
    return runtimes.copy().make(handler, Config.of(environment)).part(type);
  }

  /** What functions made now would have, whatever their providers say. */
  private FunctionRuntime ofNoHandler() {
    return runtimes.copy().make(null, Config.of(environment));
  }

  /** The idempotency store that functions made now would use. */
  synchronized Optional<Object> anyStore() {
    return Features.anyStore(ofNoHandler());
  }

  /** Delivers an event more than once; see {@link Deliveries}. */
  public Deliveries deliver(@Nullable Object event) {
    return new Deliveries(this, Events.of(event).toBytes());
  }

  /** Delivers an event, given as JSON text, more than once; see {@link Deliveries}. */
  public Deliveries deliverJson(String json) {
    return new Deliveries(this, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs concurrent deliveries in every order there is; see {@link EveryOrder}. */
  public EveryOrder everyOrder() {
    return new EveryOrder(this);
  }

  /** The time of this test. */
  public TestClock clock() {
    return clock;
  }

  /** AWS as this test sees it: clients whose answers, and faults, are the test's. */
  public Aws aws() {
    return aws;
  }

  /** Finds what one tenant's invocation leaves behind for the next. */
  public Leaks leaks() {
    return leaks;
  }

  /** Sets an environment variable, as the toolkit sees it, of functions made after this. */
  public synchronized Functions environment(String name, String value) {
    environment.put(name, value);
    said.add(other -> other.environment(name, value));
    return this;
  }

  /** The timeout of functions made after this, on the test's clock; a minute by default. */
  public synchronized Functions timeout(Duration value) {
    this.timeout = Objects.requireNonNull(value);
    said.add(other -> other.timeout(value));
    return this;
  }

  /** Gives functions made after this a collaborator, such as a store. */
  public synchronized <T> Functions with(Class<T> type, T value) {
    runtimes.give(runtime -> runtime.part(type, value));
    said.add(other -> other.with(type, value));
    return this;
  }

  /**
   * Lets functions made after this have the collaborator that their own provider brings, a store or
   * an AWS client, where a test has something that stands in for it or refuses it.
   */
  public synchronized Functions withOwn(Class<?> type) {
    runtimes.useOwn(type);
    said.add(other -> other.withOwn(type));
    return this;
  }

  /** Leaves out the provider of functions made after this: they have the toolkit's defaults. */
  public synchronized Functions withoutProvider() {
    runtimes.ignoreProvider();
    said.add(Functions::withoutProvider);
    return this;
  }

  /** Has a listener hear the signals of functions made after this. */
  public synchronized Functions listener(SignalListener value) {
    runtimes.give(runtime -> runtime.listener(value));
    said.add(other -> other.listener(value));
    return this;
  }

  /** A function whose handler the runtime client makes, as in production. */
  public TestFunction function(Class<?> handler) {
    return function(handler.getName());
  }

  /**
   * A function by its handler as the platform configures it: {@code com.acme.Orders} or {@code
   * com.acme.Orders::handle}.
   */
  public TestFunction function(String handler) {
    return make(handler, null, null);
  }

  /**
   * A function whose handler object the test makes, for collaborators given by constructor.
   *
   * @param handler its class
   * @param instance makes the object, with the test's runtime in force
   */
  public <H> TestFunction function(Class<H> handler, Supplier<? extends H> instance) {
    return make(handler.getName(), Objects.requireNonNull(instance), null);
  }

  /** A Kinesis data stream that the function reads; see {@link StreamSetup}. */
  public StreamSetup<KinesisStream> kinesis(String stream, Class<?> handler) {
    return new StreamSetup<>(
        this,
        handler,
        (time, function, options) ->
            new KinesisStream(KinesisSimulator.of(stream, time, function, options)));
  }

  /** The stream of a DynamoDB table that the function reads; see {@link StreamSetup}. */
  public StreamSetup<DynamoDbStream> dynamoDbStream(String table, Class<?> handler) {
    return new StreamSetup<>(
        this,
        handler,
        (time, function, options) ->
            new DynamoDbStream(DynamoDbStreamSimulator.of(table, time, function, options)));
  }

  /** A Kafka topic of Amazon MSK that the function reads; see {@link StreamSetup}. */
  public StreamSetup<KafkaTopic> kafka(String topic, Class<?> handler) {
    return new StreamSetup<>(
        this,
        handler,
        (time, function, options) ->
            new KafkaTopic(KafkaSimulator.of(topic, time, function, options)));
  }

  /** Asynchronous invocations of the function; see {@link AsyncSetup}. */
  public AsyncSetup async(Class<?> handler) {
    return new AsyncSetup(this, handler);
  }

  /** A function, and who is told what it does. */
  synchronized TestFunction make(
      String handler, @Nullable Supplier<?> instance, @Nullable Watch watch) {
    TestFunction function = new TestFunction(this, handler, instance, watch);
    made.add(function);
    handlers.add(handler.replaceFirst("::.*", ""));
    return function;
  }

  /** Functions of their own time, logs and stores, to which all is said that was said to these. */
  Functions anew() {
    Functions other = new Functions();
    said.forEach(each -> each.accept(other));
    return other;
  }

  TestRuntimes runtimes() {
    return runtimes.copy();
  }

  Duration timeout() {
    return timeout;
  }

  Map<String, String> environment() {
    return environment;
  }

  @Override
  public void close() {
    made.forEach(TestFunction::close);
    queues.close();
    aws.close();
  }
}
