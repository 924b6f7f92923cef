// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.core.Transient;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.retry.Jitter;
import dev.powertools.retry.Retry;
import dev.powertools.retry.RetryBudget;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are tried again inside their batch. */
@FunctionTest
@Timeout(60)
class RetriedOrdersTest {

  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  @Transient(retryAfter = "20s")
  static final class StockBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Notes each attempt; what an order says comes to pass at its first one. */
  static class Orders extends SqsBatchHandler<String> {

    private final List<String> ran;
    private final TestClock clock;

    Orders(List<String> ran, TestClock clock) {
      this.ran = ran;
      this.clock = clock;
    }

    // region record
    @Override
    @Idempotent(name = "charge")
    @Retry(attempts = 3, base = "2s", max = "10s", jitter = Jitter.NONE)
    protected Outcome onRecord(String order, RecordContext record) throws IOException {
      // endregion
      ran.add(order);
      boolean first = Collections.frequency(ran, order) == 1;
      if (first && order.startsWith("flaky")) {
        throw new IOException("no answer");
      }
      if (first && order.startsWith("busy")) {
        throw new StockBusy();
      }
      if (order.startsWith("down")) {
        throw new IOException("nobody there");
      }
      if (first && order.startsWith("later")) {
        return Outcome.retryAfter(Duration.ofSeconds(40));
      }
      if (order.startsWith("long")) {
        clock.advance(Duration.ofSeconds(16));
        throw new IOException("no answer in time");
      }
      return Outcome.done();
    }
  }

  // region budget
  public static final class FrugalRuntime implements RuntimeProvider {

    @Override
    public FunctionRuntime runtime() {
      RetryBudget budget = new RetryBudget(0.2, 2, 100); // share, floor, environmentFloor
      return FunctionRuntime.builder().part(RetryBudget.class, budget).build();
    }
  }

  // endregion

  @PowertoolsConfig(FrugalRuntime.class)
  static final class FrugalOrders extends Orders {

    FrugalOrders(List<String> ran, TestClock clock) {
      super(ran, clock);
    }
  }

  private Duration passed(Functions functions) {
    return Duration.ofNanos(functions.clock().nanoTime());
  }

  @Test
  void others_run_while_one_waits_and_nothing_is_delivered_again(Functions functions) {
    var orders =
        functions.sqs("orders", Orders.class, () -> new Orders(ran, functions.clock())).start();

    orders.send("flaky", "o-2", "o-3", "o-4");
    orders.drain();

    assertThat(ran).containsExactly("flaky", "o-2", "o-3", "o-4", "flaky");
    assertThat(passed(functions)).isEqualTo(Duration.ofSeconds(2));
    orders.assertNothingLost();
  }

  @Test
  void in_a_fifo_queue_only_its_own_group_waits(Functions functions) {
    var orders =
        functions
            .sqs("orders.fifo", Orders.class, () -> new Orders(ran, functions.clock()))
            .start();

    orders.send("flaky", m -> m.group("a"));
    orders.send("a-2", m -> m.group("a"));
    orders.send("b-1", m -> m.group("b"));
    orders.send("b-2", m -> m.group("b"));
    orders.drain();

    assertThat(ran).containsExactly("flaky", "b-1", "b-2", "flaky", "a-2");
    orders.assertNothingLost();
  }

  @Test
  void a_delay_that_the_failure_names_is_kept_here_if_there_is_time(Functions functions) {
    functions.timeout(Duration.ofSeconds(30));
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(ran, functions.clock()))
            .visibility(Duration.ofMinutes(3))
            .start();

    String busy = orders.send("busy").get(0);
    orders.drain();

    assertThat(passed(functions)).isEqualTo(Duration.ofSeconds(20));
    assertThat(orders.explain(busy)).doesNotContain("receive 2");
  }

  @Test
  void and_by_the_queue_if_there_is_not(Functions functions) {
    functions.timeout(Duration.ofSeconds(20));
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(ran, functions.clock()))
            .visibility(Duration.ofMinutes(3))
            .start();

    String busy = orders.send("busy").get(0);
    orders.drain();

    assertThat(ran).containsExactly("busy", "busy");
    assertThat(passed(functions)).isEqualTo(Duration.ofSeconds(20));
    assertThat(orders.explain(busy)).contains("receive 2").contains("hidden until +00:00:20");
  }

  @Test
  void an_outcome_is_left_to_the_queue(Functions functions) {
    var orders =
        functions.sqs("orders", Orders.class, () -> new Orders(ran, functions.clock())).start();

    String later = orders.send("later").get(0);
    orders.drain();

    assertThat(passed(functions)).isEqualTo(Duration.ofSeconds(40));
    assertThat(orders.explain(later)).contains("receive 2");
  }

  @Test
  void an_attempt_that_would_outlast_the_batch_is_not_begun(Functions functions) {
    functions.timeout(Duration.ofSeconds(30));
    var orders =
        functions
            .sqs("orders", Orders.class, () -> new Orders(ran, functions.clock()))
            .visibility(Duration.ofMinutes(3))
            .maxReceives(1)
            .start();

    orders.send("long");
    orders.drain();

    assertThat(ran).containsExactly("long");
    assertThat(orders.deadLetters())
        .singleElement()
        .satisfies(m -> assertThat(m.failure().reason()).isEqualTo("EXHAUSTED"));
  }

  @Test
  void in_an_outage_a_batch_tries_little_more_than_once(Functions functions) {
    var orders =
        functions
            .sqs("orders", FrugalOrders.class, () -> new FrugalOrders(ran, functions.clock()))
            .maxReceives(1)
            .start();

    for (int i = 0; i < 10; i++) {
      orders.send("down-" + i);
    }
    orders.drain();

    assertThat(ran).as("10 orders, a fifth of that, and a floor of 2").hasSize(10 + 2 + 2);
    assertThat(orders.deadLetters()).hasSize(10);
    orders.assertNothingLost();
  }

  @Test
  void one_sender_who_is_down_uses_up_its_own_retries_and_not_anothers(Functions functions) {
    var orders =
        functions
            .sqs("orders", FrugalOrders.class, () -> new FrugalOrders(ran, functions.clock()))
            .maxReceives(1)
            .start();

    for (int i = 0; i < 5; i++) {
      orders.send("down-" + i, m -> m.group("noisy"));
    }
    orders.send("flaky", m -> m.group("quiet"));
    orders.drain();

    assertThat(ran).as("5 orders, a fifth of that, and a floor of 2; and 2").hasSize(5 + 3 + 2);
    assertThat(Collections.frequency(ran, "flaky")).isEqualTo(2);
    assertThat(orders.deadLetters()).as("flaky is none").hasSize(5);
    orders.assertNothingLost();
  }
}
