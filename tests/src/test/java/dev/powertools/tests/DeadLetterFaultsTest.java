// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.BatchSignal;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.Signal;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsScript;
import dev.powertools.logging.Logging;
import dev.powertools.testing.DeadLettered;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Whatever SQS does with a dead letter, the message is in one of the queues. */
@FunctionTest
@Timeout(60)
class DeadLetterFaultsTest {

  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final List<Signal> signals = new CopyOnWriteArrayList<>();

  @Logging
  static final class Orders extends SqsBatchHandler<String> {
    private final List<String> handled;

    Orders(List<String> handled) {
      this.handled = handled;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) {
      if (order.startsWith("bad")) {
        return Outcome.deadLetter("no such article");
      }
      handled.add(order);
      return Outcome.done();
    }
  }

  private SqsTestQueue orders(Functions functions, Aws aws, String name) {
    return orders(functions, aws, name, 10);
  }

  private SqsTestQueue orders(Functions functions, Aws aws, String name, int batchSize) {
    AtomicReference<SqsTestQueue> queue = new AtomicReference<>();
    aws.serve("sqs", request -> queue.get().queues().answer(request));
    functions
        .timeout(Duration.ofSeconds(30))
        .listener((signal, invocation) -> signals.add(signal))
        .with(SqsClient.class, aws.client(SqsClient.builder()));
    queue.set(
        functions.sqs(name, Orders.class, () -> new Orders(handled)).batchSize(batchSize).start());
    return queue.get();
  }

  private static List<String> bodies(SqsTestQueue queue) {
    return queue.deadLetters().stream().map(DeadLettered::body).toList();
  }

  private static Arguments fault(
      String name, boolean confirmed, boolean maybeTwice, Consumer<AwsScript> fault) {
    return Arguments.of(name, confirmed, maybeTwice, fault);
  }

  static List<Arguments> faults() {
    return List.of(
        fault("throttled twice", true, false, script -> script.throttle(2)),
        fault("throttled", false, false, script -> script.throttle().always()),
        fault("500 three times", true, false, script -> script.error(500).times(3)),
        fault("500", false, false, script -> script.error(500).always()),
        fault("503", false, false, script -> script.error(503).always()),
        fault("hangs once", true, false, AwsScript::hang),
        fault("hangs", false, false, script -> script.hang().always()),
        fault("slow", true, false, script -> script.latency(Duration.ofSeconds(5)).always()),
        fault("dropped", false, false, script -> script.drop().always()),
        fault("answer lost", true, true, AwsScript::loseResponse),
        fault("answer always lost", false, true, script -> script.loseResponse().always()),
        fault("answer broken off", true, false, AwsScript::malformed),
        fault("denied", false, false, script -> script.accessDenied().always()),
        fault("credentials", false, false, script -> script.expiredCredentials().always()),
        fault(
            "key denied",
            false,
            false,
            script -> script.error(400, "KmsAccessDenied", "no kms:GenerateDataKey").always()),
        fault(
            "queue missing",
            false,
            false,
            script -> script.error(400, "QueueDoesNotExist", "no such queue").always()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void nothing_is_lost_and_no_deadline_missed(
      String name,
      boolean confirmed,
      boolean maybeTwice,
      Consumer<AwsScript> fault,
      Functions functions,
      Aws aws) {
    SqsTestQueue orders = orders(functions, aws, "orders");
    fault.accept(aws.on("sqs", "SendMessageBatch"));

    orders.send("o-1", "bad-1", "o-2", "bad-2");
    orders.drain();

    assertThat(handled).containsExactlyInAnyOrder("o-1", "o-2");
    assertThat(orders.source()).isEmpty();
    assertThat(bodies(orders)).contains("bad-1", "bad-2");
    if (!maybeTwice) {
      assertThat(bodies(orders)).hasSize(2);
      orders.assertNothingLost();
    }
    if (confirmed) {
      assertThat(orders.deadLetters())
          .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("PERMANENT"));
    }
    assertThat(orders.explain()).doesNotContain("timed out");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void no_group_is_overtaken(
      String name,
      boolean confirmed,
      boolean maybeTwice,
      Consumer<AwsScript> fault,
      Functions functions,
      Aws aws) {
    SqsTestQueue orders = orders(functions, aws, "orders.fifo");
    fault.accept(aws.on("sqs", "SendMessageBatch"));

    orders.send("o-1", "bad-1", "o-2");
    orders.drain();

    assertThat(orders.source()).isEmpty();
    assertThat(bodies(orders)).contains("bad-1");
    if (confirmed) {
      assertThat(handled).containsExactly("o-1", "o-2");
    } else { // it was received as often as the record before it, and the queue has moved both
      assertThat(handled).as(orders.explain()).containsExactly("o-1");
      assertThat(bodies(orders)).contains("o-2");
    }
    assertThat(orders.explain()).doesNotContain("timed out");
  }

  @Test
  void a_queue_that_denies_is_asked_once_in_a_while_and_told_of_once(Functions functions, Aws aws) {
    SqsTestQueue orders = orders(functions, aws, "orders", 1);
    aws.on("sqs", "SendMessageBatch").accessDenied().always();

    orders.send("bad-1", "bad-2", "bad-3");
    orders.drain();

    assertThat(aws.requests("sqs", "SendMessageBatch")).hasSize(5); // for each receive of the three
    assertThat(signals).hasAtLeastOneElementOfType(BatchSignal.DeadLettersSuspended.class);
    assertThat(functions.logs().lines())
        .filteredOn(line -> line.level().equals("WARN") && line.message().contains("may not"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.message()).contains("sqs:SendMessage").contains("orders-dlq"));
  }

  @Test
  void lines_about_a_message_say_which_it_is_how_often_it_came_and_what_becomes_of_it(
      Functions functions, Aws aws) {
    SqsTestQueue orders = orders(functions, aws, "orders.fifo");
    aws.on("sqs", "SendMessageBatch").error(503, "Busy", "busy").times(100).optional();

    String id = orders.send("bad-1", message -> message.group("acme"));
    orders.drain();

    assertThat(functions.logs().lines())
        .filteredOn(line -> line.message().startsWith("The dead letter of record"))
        .first()
        .satisfies(
            line -> {
              assertThat(line.field("message_id")).contains(id);
              assertThat(line.field("origin_id")).contains(id);
              assertThat(line.field("message_group_id")).contains("acme");
              assertThat(line.field("receive_count")).contains("1");
              assertThat(line.field("outcome")).contains("RETRY_LATER");
            });
  }

  @Test
  void one_that_allows_it_again_gets_the_next_dead_letters(Functions functions, Aws aws) {
    SqsTestQueue orders = orders(functions, aws, "orders");
    aws.on("sqs", "SendMessageBatch").accessDenied();

    orders.send("bad-1");
    orders.drain();

    assertThat(orders.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.failure().reason()).isEqualTo("PERMANENT"));
    orders.assertNothingLost();
  }

  @Test
  void the_answer_waits_for_no_delay_that_the_queue_does_not_set(Functions functions, Aws aws) {
    SqsTestQueue orders = orders(functions, aws, "orders");
    aws.on("sqs", "ChangeMessageVisibilityBatch").hang().always().optional();
    aws.on("sqs", "SendMessageBatch").error(500).always();

    orders.send("bad-1", "o-1");
    orders.drain();

    assertThat(handled).containsExactly("o-1");
    orders.assertNothingLost();
  }
}
