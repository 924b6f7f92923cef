// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.Backoff;
import dev.powertools.batch.BatchOptions;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.Redelivery;
import dev.powertools.batch.SqsBatch;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.Transient;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When failed orders come again, on the queue's own clock. */
@FunctionTest
class RedeliveryTest {

  private final List<Long> seconds = new ArrayList<>();

  @Transient(retryAfter = "45s")
  static final class StockBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Fails as the order says until its fourth receive, and notes when it was asked. */
  private Outcome order(String order, RecordContext record, Functions functions) {
    seconds.add(Duration.ofNanos(functions.clock().nanoTime()).toSeconds());
    if (record.receiveCount() < 4) {
      switch (order) {
        case "busy" -> throw new StockBusy();
        case "later" -> {
          return Outcome.retryAfter(Duration.ofMinutes(2));
        }
        case "at once" -> {
          return Outcome.retryAfter(Duration.ZERO);
        }
        default -> throw new IllegalStateException(order);
      }
    }
    return Outcome.done();
  }

  static class Plain extends SqsBatchHandler<String> {
    private final RedeliveryTest test;
    private final Functions functions;

    Plain(RedeliveryTest test, Functions functions) {
      this.test = test;
      this.functions = functions;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) {
      return test.order(order, record, functions);
    }
  }

  // region redelivery
  @Redelivery(base = "10s", multiplier = 3, max = "15m")
  static class Patient extends Plain {
    // endregion

    Patient(RedeliveryTest test, Functions functions) {
      super(test, functions);
    }
  }

  /** The same by the functional door. */
  static class PatientRequests implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final SqsBatch<String> batch;

    PatientRequests(RedeliveryTest test, Functions functions) {
      BatchOptions options =
          BatchOptions.builder()
              .redelivery(new Backoff(Duration.ofSeconds(10), 3, Duration.ofMinutes(15)))
              .build();
      batch =
          SqsBatch.of(
              String.class, options, (order, record) -> test.order(order, record, functions));
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
      return batch.handle(event, context);
    }
  }

  private SqsTestQueue plain(Functions functions) {
    return functions.sqs("orders", Plain.class, () -> new Plain(this, functions)).start();
  }

  private SqsTestQueue patient(boolean baseClass, Functions functions) {
    return baseClass
        ? functions.sqs("orders", Patient.class, () -> new Patient(this, functions)).start()
        : functions
            .sqs("orders", PatientRequests.class, () -> new PatientRequests(this, functions))
            .start();
  }

  private List<Long> waits() {
    List<Long> waits = new ArrayList<>();
    for (int i = 1; i < seconds.size(); i++) {
      waits.add(seconds.get(i) - seconds.get(i - 1));
    }
    return waits;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failures_wait_longer_each_time(boolean baseClass, Functions functions) {
    var orders = patient(baseClass, functions);

    orders.send("flaky");
    orders.drain();

    assertThat(waits()).hasSize(3);
    assertThat(waits().get(0)).isBetween(5L, 10L);
    assertThat(waits().get(1)).isBetween(15L, 30L);
    assertThat(waits().get(2)).isBetween(45L, 90L);
    orders.assertNothingLost();
  }

  @Test
  void a_delay_that_was_named_holds_without_the_annotation(Functions functions) {
    var orders = plain(functions);

    orders.send("busy");
    orders.drain();
    assertThat(waits()).containsExactly(45L, 45L, 45L);

    seconds.clear();
    orders.send("later");
    orders.drain();
    assertThat(waits()).containsExactly(120L, 120L, 120L);
  }

  @Test
  void zero_is_at_once(Functions functions) {
    var orders = plain(functions);

    orders.send("at once");
    orders.drain();

    assertThat(waits()).containsExactly(0L, 0L, 0L);
  }

  @Test
  void without_a_delay_the_visibility_timeout_is_left_alone(Functions functions) {
    functions.timeout(Duration.ofSeconds(10));
    var orders = plain(functions);

    orders.send("flaky");
    orders.drain();

    assertThat(waits()).containsExactly(60L, 60L, 60L);
  }

  @Test
  void a_fifo_group_comes_back_together_and_in_order(Functions functions) {
    var orders =
        functions.sqs("orders.fifo", Plain.class, () -> new Plain(this, functions)).start();

    String head = orders.send("busy", m -> m.group("a"));
    String tail = orders.send("busy, too", m -> m.group("a"));
    orders.drain();

    assertThat(orders.explain(head)).contains("visibility changed: hidden until +00:00:45");
    assertThat(orders.explain(tail)).contains("visibility changed: hidden until +00:00:45");
    orders.assertNothingLost();
  }
}
