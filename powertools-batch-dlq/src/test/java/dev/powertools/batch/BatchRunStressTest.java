// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The accounting under threads; {@code -Dbatch.stress.rounds=500} for the long run. */
class BatchRunStressTest {

  private static final int THREADS = 200;
  private static final int RECORDS = 10_000;

  private final FunctionRuntime runtime = Fixtures.runtime(FakeDeadLetters.accepting()).build();

  @Test
  void of_ten_thousand_failures_at_one_barrier_every_single_one_is_reported() throws Exception {
    int rounds = Integer.getInteger("batch.stress.rounds", 50);
    List<SqsMessage> messages = Fixtures.messages(RECORDS);
    List<String> all = Fixtures.ids(messages);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < rounds; round++) {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        RecordWork<SqsMessage> failing =
            (invocation, message) -> {
              barrier.await();
              return Outcome.retryAfter(Duration.ZERO);
            };
        assertThat(Fixtures.failures(Fixtures.batch(runtime), messages, failing, onAll(threads)))
            .isEqualTo(all);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void among_many_threads_each_record_keeps_its_own_outcome() throws Exception {
    List<SqsMessage> messages = Fixtures.messages(RECORDS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      RecordWork<SqsMessage> everyThird =
          (invocation, message) ->
              switch (Integer.parseInt(message.messageId().substring(1)) % 3) {
                case 0 -> Outcome.done();
                case 1 -> Outcome.ignored("one");
                default -> Outcome.retryAfter(Duration.ZERO);
              };
      List<String> failed =
          Fixtures.failures(Fixtures.batch(runtime), messages, everyThird, onAll(threads));

      List<String> expected = new ArrayList<>();
      for (int i = 2; i < RECORDS; i += 3) {
        expected.add("m" + i);
      }
      assertThat(failed).isEqualTo(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Dispatch onAll(ExecutorService threads) {
    return new Crew(THREADS, Timing.system(), threads, null);
  }
}
