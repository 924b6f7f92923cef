// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batchmodel;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.BatchSignal;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatch;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.local.aws.AwsRequest;
import dev.powertools.local.aws.AwsScript;
import dev.powertools.local.sim.SimulatedMessage;
import dev.powertools.local.sim.SimulatedQueues;
import dev.powertools.local.sim.SqsFault;
import dev.powertools.local.sim.SqsFaults;
import dev.powertools.retry.Retries;
import dev.powertools.retry.RetryBudget;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One queue, one function and what happened between them, on virtual time. */
final class World implements AutoCloseable {

  private static final List<SqsFault> FAULTS = List.of(SqsFault.values());
  private static final Pattern VISIBILITY = Pattern.compile("\"VisibilityTimeout\":\"?(-?\\d+)");

  final Plan plan;
  final Map<String, String> groups = new LinkedHashMap<>();
  final Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
  final Map<String, String> bodies = new ConcurrentHashMap<>();
  final Set<String> done = ConcurrentHashMap.newKeySet();
  final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
  final List<Integer> visibilities = Collections.synchronizedList(new ArrayList<>());
  final List<String> outOfOrder = Collections.synchronizedList(new ArrayList<>());
  private final Functions functions = Functions.start();
  private final SqsTestQueue orders;
  private final String name;

  World(Plan plan) {
    this.plan = plan;
    this.name = plan.fifo ? "orders.fifo" : "orders";
    functions
        .timeout(Plan.TIMEOUT)
        .with(Random.class, new Random(plan.seed))
        .with(RetryBudget.class, plan.budget)
        .with(SqsClient.class, functions.aws().client(SqsClient.builder()))
        .listener(
            (signal, invocation) -> {
              if (signal instanceof BatchSignal.DeadLettered parked) {
                delivery(invocation).parked(parked.recordId());
              }
            });
    functions.aws().serve("sqs", this::answer);
    if (!plan.pure) {
      plan("SendMessageBatch");
      plan("ChangeMessageVisibilityBatch");
      plan("DeleteMessageBatch");
    }
    this.orders =
        functions
            .sqs(name, Handler.class, () -> new Handler(this))
            .maxReceives(plan.maxReceives)
            .batchSize(plan.batchSize)
            .visibility(Plan.TIMEOUT.multipliedBy(2))
            .concurrency(1) // a batch that is delivered while another hangs would hang with it
            .faults(this::faults)
            .start();
  }

  private AwsAnswer answer(AwsRequest request) {
    Matcher seconds = VISIBILITY.matcher(request.text());
    while (request.operation().startsWith("ChangeMessageVisibility") && seconds.find()) {
      visibilities.add(Integer.valueOf(seconds.group(1)));
    }
    return orders.queues().answer(request);
  }

  /** What becomes of the first requests to an operation; later ones pass. */
  private void plan(String operation) {
    Random random = plan.random("aws", operation, 0, 0);
    AwsScript script = functions.aws().on("sqs", operation).optional();
    for (int i = 0; i < 12; i++) {
      switch (random.nextInt(8)) {
        case 0 -> script.throttle();
        case 1 -> script.error(500);
        case 2 -> script.loseResponse();
        case 3 -> script.latency(Duration.ofMillis(random.nextInt(1500)));
        case 4 -> script.error(500).times(15); // longer than anybody tries
        default -> script.pass();
      }
    }
  }

  private SqsFaults faults(SqsFaults none) {
    SqsFaults faults = plan.duplicates ? none.duplicates(0.1) : none;
    Random random = plan.random("faults", "", 0, 0);
    for (int i = 1; i < 8 && !plan.pure; i++) {
      if (random.nextInt(4) == 0) {
        faults = faults.on(i, FAULTS.get(random.nextInt(FAULTS.size())));
      }
    }
    return faults;
  }

  /** Sends everything, and lets time pass until the queue is empty. */
  World run() {
    for (int i = 0; i < plan.messages; i++) {
      String body = "m-" + i;
      String group = "g-" + i % plan.groups;
      Map<String, String> own = new LinkedHashMap<>();
      for (int a = 0; a < plan.random("attributes", body, 0, 0).nextInt(8); a++) {
        own.put("a" + a, body + "\u00e9" + a);
      }
      String id =
          orders.send(
              body,
              message -> {
                if (plan.fifo) {
                  message.group(group);
                }
                own.forEach(message::attribute);
              });
      groups.put(id, group);
      attributes.put(id, own);
      bodies.put(id, body);
    }
    orders.drain(3000);
    return this;
  }

  private Delivery delivery(FunctionInvocation invocation) {
    return Objects.requireNonNull(deliveries.get(invocation.requestId()));
  }

  List<SimulatedMessage> source() {
    return queues().messages(queues().queue(name));
  }

  List<SimulatedMessage> deadLetters() {
    return queues().messages(queues().queue(plan.fifo ? "orders-dlq.fifo" : "orders-dlq"));
  }

  /** Of which message a dead letter is the copy, or which it is, if the queue moved it itself. */
  String origin(SimulatedMessage letter) {
    return letter.attributes().getOrDefault("pt.origin", letter.messageId());
  }

  SimulatedQueues queues() {
    return orders.queues();
  }

  /** What became of the messages, without ids that are drawn anew each time. */
  String account() {
    return orders.explain().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<id>");
  }

  @Override
  public void close() {
    functions.close();
  }

  @Permanent
  static final class ForGood extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Does what the plan says, and notes it. */
  static final class Handler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private final World world;
    private final SqsBatch<String> batch;
    private final Retries retries;

    Handler(World world) {
      this.world = world;
      this.batch = SqsBatch.of(String.class, world.plan.options(), this::record);
      this.retries = Retries.of(world.plan.retries());
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
      Delivery delivery =
          new Delivery(event.getRecords().stream().map(SQSEvent.SQSMessage::getMessageId).toList());
      world.deliveries.put(context.getAwsRequestId(), delivery);
      SQSBatchResponse response = batch.handle(event, context);
      delivery.answer(
          response.getBatchItemFailures().stream()
              .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
              .toList(),
          context.getRemainingTimeInMillis());
      return response;
    }

    private Outcome record(String body, RecordContext record) throws Exception {
      String id = record.messageId();
      Delivery delivery = world.delivery(FunctionInvocation.current().orElseThrow());
      requireOrder(id);
      int[] attempt = {0};
      Outcome outcome =
          retries.call(
              () -> {
                delivery.attempted(id);
                return act(body, record, ++attempt[0]);
              });
      if (outcome.completes()) {
        delivery.done(id);
        world.done.add(id);
      }
      return outcome;
    }

    private Outcome act(String body, RecordContext record, int attempt)
        throws IOException, InterruptedException {
      int receive = record.receiveCount();
      Duration length = world.plan.length(body, receive);
      switch (world.plan.act(body, receive, attempt)) {
        case IGNORED -> {
          return Outcome.ignored("planned");
        }
        case FAILS -> throw new IOException("planned");
        case FAILS_FOR_GOOD -> throw new ForGood();
        case DEAD_LETTER -> {
          return Outcome.deadLetter("planned");
        }
        case LATER -> {
          return Outcome.retryAfter(world.plan.delay(body, receive));
        }
        case PAUSES -> FunctionInvocation.current().orElseThrow().pause(length);
        case HANGS -> world.functions.clock().sleep(length);
        case HEARS_NO_INTERRUPT -> world.functions.clock().advance(length);
        case DONE -> {}
      }
      return Outcome.done();
    }

    /** In a group nothing begins before what was sent earlier is done, or parked. */
    private void requireOrder(String id) {
      if (!world.plan.fifo) {
        return;
      }
      @Nullable Set<String> parked = null;
      for (Map.Entry<String, String> earlier : world.groups.entrySet()) {
        if (earlier.getKey().equals(id)) {
          return;
        }
        boolean sameGroup = earlier.getValue().equals(world.groups.get(id));
        if (sameGroup && !world.done.contains(earlier.getKey())) {
          parked = parked == null ? parked() : parked;
          if (!parked.contains(earlier.getKey())) {
            world.outOfOrder.add(id + " before " + earlier.getKey());
          }
        }
      }
    }

    private Set<String> parked() {
      Set<String> ids = ConcurrentHashMap.newKeySet();
      world.deadLetters().forEach(letter -> ids.add(world.origin(letter)));
      return ids;
    }
  }
}
