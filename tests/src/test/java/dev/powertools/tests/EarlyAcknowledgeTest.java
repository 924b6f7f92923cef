// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.AfterDeadLetter;
import dev.powertools.batch.BatchOptions;
import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.EarlyAcknowledge;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatch;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.batch.ThrowOnFullFailure;
import dev.powertools.core.Outcome;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a batch is acknowledged, by options of the handler. */
@FunctionTest
class EarlyAcknowledgeTest {

  private final List<String> ran = new CopyOnWriteArrayList<>();

  /** Breaks the machine once; fails what is bad for good, what is busy at first. */
  private Outcome order(String order, RecordContext record) {
    ran.add(order);
    if (order.equals("killer") && record.receiveCount() == 1) {
      throw new OutOfMemoryError("of this test");
    }
    if (order.startsWith("busy") && record.receiveCount() == 1) {
      throw new IllegalStateException("busy");
    }
    return order.startsWith("bad") ? Outcome.deadLetter("bad") : Outcome.done();
  }

  static class Orders extends SqsBatchHandler<String> {
    private final EarlyAcknowledgeTest test;

    Orders(EarlyAcknowledgeTest test) {
      this.test = test;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) {
      return test.order(order, record);
    }
  }

  // region early
  @EarlyAcknowledge(every = 2, within = "2s")
  static class EarlyOrders extends Orders {
    // endregion

    EarlyOrders(EarlyAcknowledgeTest test) {
      super(test);
    }
  }

  static final class EarlyRequests implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final SqsBatch<String> batch;

    EarlyRequests(EarlyAcknowledgeTest test) {
      BatchOptions options =
          BatchOptions.builder().acknowledgeEarly(2, Duration.ofSeconds(2)).build();
      batch = SqsBatch.of(String.class, options, test::order);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
      return batch.handle(event, context);
    }
  }

  enum Door {
    BASE_CLASS,
    PLAIN_CODE
  }

  private SqsTestQueue early(Door door, String name, Functions functions) {
    return door == Door.BASE_CLASS
        ? functions.sqs(name, EarlyOrders.class, () -> new EarlyOrders(this)).start()
        : functions.sqs(name, EarlyRequests.class, () -> new EarlyRequests(this)).start();
  }

  @Test
  void what_breaks_a_function_brings_the_whole_batch_back(Functions functions) {
    var orders = functions.sqs("orders", Orders.class, () -> new Orders(this)).start();

    orders.send("a", "b", "c", "killer");
    orders.drain();

    assertThat(ran).containsExactly("a", "b", "c", "killer", "a", "b", "c", "killer");
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void but_for_what_was_acknowledged_early(Door door, Functions functions) {
    var orders = early(door, "orders", functions);

    orders.send("a", "b", "c", "killer");
    orders.drain();

    assertThat(ran).containsExactly("a", "b", "c", "killer", "c", "killer");
    orders.assertNothingLost();
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void a_group_is_acknowledged_in_its_order(Door door, Functions functions) {
    var orders = early(door, "orders.fifo", functions);

    orders.send("a", "b", "killer", "d");
    orders.drain();

    assertThat(ran).containsExactly("a", "b", "killer", "killer", "d");
    orders.assertNothingLost();
  }

  // region blocked
  @DeadLetter(then = AfterDeadLetter.BLOCK_GROUP)
  static class CautiousOrders extends Orders {
    // endregion

    CautiousOrders(EarlyAcknowledgeTest test) {
      super(test);
    }
  }

  @Test
  void a_blocked_group_comes_again_behind_its_dead_letter(Functions functions) {
    var orders =
        functions.sqs("orders.fifo", CautiousOrders.class, () -> new CautiousOrders(this)).start();

    orders.send("a", "bad", "c");
    orders.drain();

    assertThat(ran).containsExactly("a", "bad", "c");
    assertThat(functions.clock().nanoTime()).isPositive();
    assertThat(orders.deadLetters()).hasSize(1);
    orders.assertNothingLost();
  }

  // region full-failure
  @ThrowOnFullFailure
  static class AlarmedOrders extends Orders {
    // endregion

    AlarmedOrders(EarlyAcknowledgeTest test) {
      super(test);
    }
  }

  @Test
  void a_batch_that_failed_as_a_whole_is_an_error_where_that_is_asked_for(Functions functions) {
    var orders =
        functions.sqs("orders", AlarmedOrders.class, () -> new AlarmedOrders(this)).start();

    orders.send("busy-1", "busy-2");
    orders.drain();

    assertThat(ran).containsExactly("busy-1", "busy-2", "busy-1", "busy-2");
    assertThat(orders.explain()).contains("FullBatchFailureException");
    orders.assertNothingLost();
  }
}
