// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.core.Timing;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.idempotency.InProgressException;
import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.local.ForkedFunction;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.Points;
import dev.powertools.testing.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a function that keeps its claims in DynamoDB, at every point of the protocol.
 * Ten rounds in the ordinary build; {@code -Dchaos.rounds=200} for a long run.
 */
@Tag("heavy")
@ExtendWith(Tables.Extension.class)
class DynamoDbChaosTest {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 10);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration AFTER_THE_LEASE = TIMEOUT.plusSeconds(3);
  private static final String FUNCTION = "charging";
  private static final int RIVALS = 4;

  @TempDir private Path ledgers;

  /** Where a process dies, and what of its work is known then. */
  private enum Death {
    BEFORE_THE_CLAIM("before claim", false, Known.NOTHING),
    AFTER_THE_CLAIM("after claim", false, Known.CLAIM),
    IN_THE_WORK("charged", false, Known.CLAIM),
    BEFORE_THE_COMPLETION("before completion", false, Known.CLAIM),
    AFTER_THE_COMPLETION("after completion", false, Known.RESULT),
    BEFORE_THE_RELEASE("before release", true, Known.CLAIM),
    AFTER_THE_RELEASE("after release", true, Known.NOTHING);

    private final String point;
    private final boolean workFails;
    private final Known known;

    Death(String point, boolean workFails, Known known) {
      this.point = point;
      this.workFails = workFails;
      this.known = known;
    }
  }

  private enum Known {
    NOTHING,
    CLAIM,
    RESULT
  }

  /** Notes each charge, and reaches a point then. */
  private static String charge(Path ledger, String receipt, boolean fails) throws IOException {
    Files.writeString(ledger, receipt + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Points.reach("charged");
    if (fails) {
      throw new IOException("the bank is closed");
    }
    return receipt;
  }

  public static final class WithTable implements RuntimeProvider {
    @Override
    public FunctionRuntime runtime() {
      String table = Config.environment().variable("TABLE").orElseThrow();
      IdempotencyStore store = TestStore.over(DynamoDbStore.of(table), Timing.system());
      return FunctionRuntime.builder().part(IdempotencyStore.class, store).build();
    }
  }

  @PowertoolsConfig(WithTable.class)
  public static final class Charging extends FunctionHandler<List<String>, String> {
    private final Idempotency charge = Idempotency.of("charge");

    /** The order's id, its ledger, and whether the work fails. */
    @Override
    protected String handle(List<String> order, Context context) throws IOException {
      boolean fails = Boolean.parseBoolean(order.get(2));
      Path ledger = Path.of(order.get(1));
      return charge.execute(order.get(0), String.class, () -> charge(ledger, "first", fails));
    }
  }

  /** The machine's clock, ahead by some time. */
  private record Ahead(Duration time) implements Timing {
    @Override
    public Instant now() {
      return Timing.system().now().plus(time);
    }

    @Override
    public long nanoTime() {
      return Timing.system().nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Timing.system().sleep(duration);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable work) {
      return Timing.system().schedule(delay, work);
    }
  }

  @Test
  void one_retry_runs_after_the_lease_none_before_and_no_result_is_lost(Tables tables)
      throws Exception {
    String table = tables.create();
    FunctionOptions options =
        FunctionOptions.builder(Charging.class.getName())
            .name(FUNCTION)
            .timeout(TIMEOUT)
            .environment(
                Map.of("TABLE", table, "AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString()))
            .build();
    IdempotencyStore store = DynamoDbStore.of(DynamoDbOptions.of(table), tables.client());
    Random random = new Random(42);
    try (ForkedFunction fork = LocalFunction.fork(options)) {
      for (int round = 0; round < ROUNDS; round++) {
        Death[] deaths = Death.values();
        Death death = round < deaths.length ? deaths[round] : deaths[random.nextInt(deaths.length)];
        new Round("order-" + round, death, store).run(fork);
      }
    }
  }

  /** One order, one death, and those who come after it. */
  private final class Round {

    private final String order;
    private final Death death;
    private final IdempotencyStore store;
    private final Path ledger;

    Round(String order, Death death, IdempotencyStore store) {
      this.order = order;
      this.death = death;
      this.store = store;
      this.ledger = ledgers.resolve(order);
    }

    void run(ForkedFunction fork) throws Exception {
      fork.killAt(death.point);
      String event = "[\"%s\",\"%s\",\"%s\"]".formatted(order, ledger, death.workFails);
      assertThat(fork.invoke(event.getBytes(UTF_8)).error())
          .as(toString())
          .hasValueSatisfying(error -> assertThat(error.message()).endsWith("signal: killed"));
      switch (death.known) {
        case NOTHING -> exactlyOneRuns(Duration.ZERO);
        case CLAIM -> {
          nobodyRuns();
          exactlyOneRuns(AFTER_THE_LEASE);
        }
        case RESULT -> {
          assertThat(retry("second", Duration.ZERO)).as(toString()).isEqualTo("first");
          assertThat(retry("second", AFTER_THE_LEASE)).as(toString()).isEqualTo("first");
          assertThat(charges()).as(toString()).containsExactly("first");
        }
      }
    }

    private void nobodyRuns() throws IOException {
      List<String> before = charges();
      assertThatThrownBy(() -> retry("too early", Duration.ZERO))
          .as(toString())
          .isInstanceOf(InProgressException.class);
      assertThat(charges()).as(toString()).isEqualTo(before);
    }

    private void exactlyOneRuns(Duration ahead) throws Exception {
      List<String> before = charges();
      CyclicBarrier start = new CyclicBarrier(RIVALS);
      ExecutorService pool = Executors.newFixedThreadPool(RIVALS);
      List<Future<String>> rivals = new ArrayList<>();
      for (int i = 0; i < RIVALS; i++) {
        rivals.add(
            pool.submit(
                () -> {
                  start.await();
                  return retryOrYield(ahead);
                }));
      }
      for (Future<String> rival : rivals) {
        assertThat(rival.get()).as(toString()).isIn("second", "in progress");
      }
      pool.shutdown();
      List<String> after = new ArrayList<>(before);
      after.add("second");
      assertThat(charges()).as(toString()).isEqualTo(after);
      assertThat(retry("third", ahead)).as(toString()).isEqualTo("second");
    }

    private String retryOrYield(Duration ahead) throws IOException {
      try {
        return retry("second", ahead);
      } catch (InProgressException e) {
        return "in progress";
      }
    }

    /** As another environment of the function would, some time later. */
    private String retry(String receipt, Duration ahead) throws IOException {
      FunctionRuntime runtime =
          FunctionRuntime.builder()
              .config(Config.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", FUNCTION)))
              .timing(new Ahead(ahead))
              .part(IdempotencyStore.class, store)
              .build();
      try (Scope.Attached ignored = Scope.of(runtime).attach()) {
        return Idempotency.of("charge")
            .execute(order, String.class, () -> charge(ledger, receipt, false));
      }
    }

    private List<String> charges() throws IOException {
      return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
    }

    @Override
    public String toString() {
      return order + " " + death;
    }
  }
}
