// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.powertools.batch.Deadline;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.Redelivery;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.core.Signal;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.local.aws.AwsCall;
import dev.powertools.local.sim.SqsFaults;
import dev.powertools.local.sim.SqsSend;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.testing.TestStore.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * An order that heeds no interruption: its thread is frozen when its batch is answered, and goes on
 * in the middle of the next invocation.
 */
@Tag("heavy")
@Timeout(120)
class FrozenThreadsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration RESERVE = Duration.ofSeconds(2);
  private static final Duration VISIBILITY = Duration.ofMinutes(3);

  private final List<String> charged = new CopyOnWriteArrayList<>();
  private final CountDownLatch thaw = new CountDownLatch(1);
  private final CountDownLatch settledLate = new CountDownLatch(1);
  private final Appender late = new Appender(settledLate);

  /** Hears the engine say that a record came to its end too late. */
  private static final class Appender extends AppenderBase<ILoggingEvent> {
    private final CountDownLatch heard;

    Appender(CountDownLatch heard) {
      this.heard = heard;
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getFormattedMessage().contains("after its batch was answered")) {
        heard.countDown();
      }
    }
  }

  @Permanent
  static final class Hopeless extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What a frozen order comes to in the end. */
  private enum End {
    DONE {
      @Override
      Outcome come() {
        return Outcome.done();
      }
    },
    IGNORED {
      @Override
      Outcome come() {
        return Outcome.ignored("too late");
      }
    },
    RETRY_LATER {
      @Override
      Outcome come() {
        return Outcome.retryAfter(Duration.ofHours(1));
      }
    },
    DEAD_LETTER {
      @Override
      Outcome come() {
        return Outcome.deadLetter("too late");
      }
    },
    HOPELESS {
      @Override
      Outcome come() {
        throw new Hopeless();
      }
    },
    FAILURE {
      @Override
      Outcome come() {
        throw new IllegalStateException("too late");
      }
    };

    abstract Outcome come();
  }

  private Outcome work(String order, RecordContext record, Timing clock, End end)
      throws InterruptedException {
    if (order.equals("frozen") && record.receiveCount() == 1) {
      freeze(clock);
      charged.add("frozen");
      return end.come();
    }
    if (order.equals("thaw")) {
      thaw.countDown();
      assertThat(settledLate.await(60, SECONDS)).as("the late one has come to its end").isTrue();
    }
    charged.add(order);
    return Outcome.done();
  }

  /** Lets time pass until the batch is answered, and then stands still until the next one. */
  private void freeze(Timing clock) {
    try {
      clock.sleep(TIMEOUT.minus(RESERVE));
    } catch (InterruptedException e) {
      // that is the interruption which it does not heed
    }
    while (thaw.getCount() > 0) {
      try {
        thaw.await();
      } catch (InterruptedException e) {
        // nor this one
      }
    }
  }

  @Deadline(reserve = "2s")
  @Redelivery(base = "10s", multiplier = 1, max = "10s")
  private static final class Plain extends SqsBatchHandler<String> {
    private final FrozenThreadsTest test;
    private final Timing clock;
    private final End end;

    Plain(FrozenThreadsTest test, Timing clock, End end) {
      this.test = test;
      this.clock = clock;
      this.end = end;
    }

    @Override
    protected Outcome onRecord(String order, RecordContext record) throws InterruptedException {
      return test.work(order, record, clock, end);
    }
  }

  @Deadline(reserve = "2s")
  private static final class Once extends SqsBatchHandler<String> {
    private final FrozenThreadsTest test;
    private final Timing clock;

    Once(FrozenThreadsTest test, Timing clock) {
      this.test = test;
      this.clock = clock;
    }

    @Override
    @Idempotent(name = "charge", expiry = "24h")
    protected Outcome onRecord(String order, RecordContext record) throws InterruptedException {
      return test.work(order, record, clock, End.DONE);
    }
  }

  @BeforeEach
  void listen() {
    late.start();
    logger().addAppender(late);
  }

  @AfterEach
  void hearNoMore() {
    logger().detachAppender(late);
    thaw.countDown();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.powertools.batch");
  }

  private SimulatedShop shop(End end, boolean once) {
    SimulatedShop[] shop = new SimulatedShop[1];
    shop[0] =
        new SimulatedShop(
            1,
            TIMEOUT,
            List.of(Duration.ZERO),
            environment ->
                once ? new Once(this, shop[0].clock) : new Plain(this, shop[0].clock, end));
    return shop[0].open("orders", VISIBILITY, EventSourceOptions.builder(), SqsFaults.none());
  }

  @ParameterizedTest
  @EnumSource
  void what_it_comes_to_is_written_nowhere(End end) {
    try (SimulatedShop shop = shop(end, false)) {
      shop.send("frozen");
      shop.send(SqsSend.of("thaw").delay(Duration.ofMinutes(1)));

      shop.drain();

      assertThat(charged).containsExactly("frozen", "thaw", "frozen");
      assertThat(shop.aws.requests("sqs"))
          .extracting(AwsCall::operation)
          .allSatisfy(operation -> assertThat(operation).startsWith("GetQueue")); // of receive 2
      assertThat(shop.deadLetters()).isEmpty();
      assertThat(shop.signals)
          .extracting(Signal::name)
          .containsOnly("batch.ended", "batch.out_of_time", "batch.late");
      assertThat(Duration.ofNanos(shop.clock.nanoTime())).isEqualTo(VISIBILITY);
    }
  }

  @Test
  void it_completes_the_claim_that_it_holds() {
    try (SimulatedShop shop = shop(End.DONE, true)) {
      shop.send("frozen");
      shop.send(SqsSend.of("thaw").delay(Duration.ofMinutes(1)));

      shop.drain();

      assertThat(charged).containsExactly("frozen", "thaw");
      assertThat(shop.store.calls(Operation.COMPLETION)).isEqualTo(2);
    }
  }

  @Test
  void it_leaves_a_claim_alone_that_another_has_taken_over() {
    try (SimulatedShop shop = shop(End.DONE, true)) {
      shop.send("frozen");
      shop.send(SqsSend.of("thaw").delay(VISIBILITY.plusMinutes(1)));
      List<StoredRecord> before = new ArrayList<>();
      shop.clock.in(VISIBILITY.plusSeconds(30), () -> before.addAll(shop.store.records()));

      shop.drain();

      assertThat(charged).containsExactly("frozen", "frozen", "thaw");
      assertThat(shop.store.records()).containsAll(before);
    }
  }
}
