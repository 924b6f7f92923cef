// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.Timing;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.local.FunctionError;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.sim.EventAnswer;
import dev.powertools.local.sim.SimulatedMessage;
import dev.powertools.local.sim.SimulatedQueues;
import dev.powertools.local.sim.SqsFaults;
import dev.powertools.local.sim.SqsMapping;
import dev.powertools.local.sim.SqsSend;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.QueueOptions;
import dev.powertools.testing.TestStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A function behind a queue on virtual time, in as many environments as are busy at once, each with
 * a clock that is wrong in its own way. All of it follows the seed. Confined to one thread, but for
 * what a late record does.
 */
final class SimulatedShop implements AutoCloseable {

  /** One environment, and how far its clock is ahead. */
  record Environment(FunctionRuntime runtime, RequestStreamHandler handler, Duration ahead) {}

  final VirtualClock clock = VirtualClock.start();
  final SimulatedQueues queues;
  final Aws aws = Aws.start(clock);
  final TestStore store = TestStore.over(MemoryStore.singleEnvironment(), clock);
  final List<Signal> signals = new CopyOnWriteArrayList<>();
  final List<String> late = new ArrayList<>();
  private final Random dice;
  private final Duration timeout;
  private final Function<Environment, RequestStreamHandler> handlers;
  private final List<Duration> skews;
  private final Deque<Environment> idle = new ArrayDeque<>();
  private LocalQueue orders;
  private LocalQueue dead;
  private SqsMapping mapping;

  SimulatedShop(
      long seed,
      Duration timeout,
      List<Duration> skews,
      Function<Environment, RequestStreamHandler> handlers) {
    this.queues = SimulatedQueues.builder(clock).seed(seed).build();
    this.dice = new Random(seed);
    this.timeout = timeout;
    this.skews = skews;
    this.handlers = handlers;
    aws.serve("sqs", queues);
  }

  /** Creates the queues and starts the mapping. */
  SimulatedShop open(
      String name, Duration visibility, EventSourceOptions.Builder mapped, SqsFaults faults) {
    boolean fifo = name.endsWith(".fifo");
    dead = queues.createQueue(fifo ? "dead.fifo" : "dead");
    QueueOptions.Builder options =
        QueueOptions.builder().visibilityTimeout(visibility).deadLetterQueue(dead, 50);
    orders =
        queues.createQueue(name, (fifo ? options.contentBasedDeduplication() : options).build());
    mapping =
        SqsMapping.start(
            queues, orders, this::invoke, mapped.reportBatchItemFailures().build(), faults);
    return this;
  }

  void send(SqsSend order) {
    queues.send(orders, order);
  }

  void send(String order) {
    send(SqsSend.of(order));
  }

  void drain() {
    mapping.drain(5000);
    queues.assertNothingLost();
    assertThat(late).as("answers after the deadline").isEmpty();
  }

  List<String> deadLetters() {
    return queues.messages(dead).stream().map(SimulatedMessage::body).toList();
  }

  /** An environment serves one invocation at a time. */
  private EventAnswer invoke(byte[] event, InvokeOptions how) {
    Environment environment = idle.isEmpty() ? environment() : idle.pop();
    try {
      return invoke(environment, event, how);
    } finally {
      idle.push(environment);
    }
  }

  private EventAnswer invoke(Environment environment, byte[] event, InvokeOptions how) {
    Instant deadline = clock.now().plus(timeout);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Scope.Attached scope = Scope.of(environment.runtime()).attach()) {
      environment
          .handler()
          .handleRequest(
              new ByteArrayInputStream(event), out, new Deadline(how.requestId(), clock, deadline));
    } catch (IOException | RuntimeException e) {
      return EventAnswer.failed(e);
    }
    if (clock.now().isAfter(deadline)) {
      late.add(how.requestId() + " by " + Duration.between(deadline, clock.now()));
      return EventAnswer.failed(FunctionError.TIMED_OUT, "too late");
    }
    return EventAnswer.returned(out.toByteArray());
  }

  private Environment environment() {
    Duration ahead = skews.get(dice.nextInt(skews.size()));
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .config(Config.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders")))
            .timing(new Skewed(clock, ahead))
            .listener((signal, invocation) -> signals.add(signal))
            .part(IdempotencyStore.class, store)
            .part(Random.class, new Random(dice.nextLong()))
            .part(SqsClient.class, aws.client(SqsClient.builder()))
            .build();
    try (Scope.Attached scope = Scope.of(runtime).attach()) {
      Environment unmanned = new Environment(runtime, (in, out, context) -> {}, ahead);
      return new Environment(runtime, handlers.apply(unmanned), ahead);
    }
  }

  @Override
  public void close() {
    mapping.close();
    queues.close();
    aws.close();
  }

  /** A wall clock that is wrong; time passes as it does for everybody. */
  private record Skewed(Timing right, Duration ahead) implements Timing {
    @Override
    public Instant now() {
      return right.now().plus(ahead);
    }

    @Override
    public long nanoTime() {
      return right.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      right.sleep(duration);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable work) {
      return right.schedule(delay, work);
    }
  }

  /** The platform's context, as far as it matters. */
  private record Deadline(String requestId, Timing timing, Instant end) implements Context {
    @Override
    public int getRemainingTimeInMillis() {
      return (int) Math.max(0, Duration.between(timing.now(), end).toMillis());
    }

    @Override
    public String getAwsRequestId() {
      return requestId;
    }

    @Override
    public String getLogGroupName() {
      return "/aws/lambda/orders";
    }

    @Override
    public String getLogStreamName() {
      return "chaos";
    }

    @Override
    public String getFunctionName() {
      return "orders";
    }

    @Override
    public String getFunctionVersion() {
      return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn:aws:lambda:us-east-1:000000000000:function:orders";
    }

    @Override
    public CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 512;
    }

    @Override
    public LambdaLogger getLogger() {
      throw new UnsupportedOperationException("nobody logs by it");
    }
  }
}
