// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Progress.Running;
import dev.powertools.core.FunctionRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger(2);
  private final Settled later = new Settled.RetryLater(null, null);
  private final FunctionRuntime runtime = Fixtures.runtime(FakeDeadLetters.none()).build();
  private final Parked parked =
      new Parked(DeadLetterReason.PERMANENT, "", null, Fixtures.batch(runtime));

  @Test
  void settles_once_and_tells_who_comes_second() {
    assertThat(ledger.settle(0, later)).isTrue();
    assertThat(ledger.settle(0, Settled.Done.INSTANCE)).isFalse();
    assertThat(ledger.settled(0)).isSameAs(later);
  }

  @Test
  void what_is_parked_is_not_settled_yet() {
    ledger.begin(0, new Running(parked.invocation()));

    assertThat(ledger.park(0, parked)).isTrue();
    assertThat(ledger.parked(0)).isSameAs(parked);
    assertThatThrownBy(() -> ledger.settled(0)).isInstanceOf(IllegalStateException.class);

    assertThat(ledger.settle(0, later)).isTrue();
    assertThat(ledger.parked(0)).isNull();
  }

  @Test
  void what_is_settled_is_not_begun_any_more() {
    ledger.settle(0, later);

    assertThat(ledger.begin(0, new Running(parked.invocation()))).isFalse();
  }

  @Test
  void what_is_settled_is_not_parked_any_more() {
    ledger.settle(0, later);

    assertThat(ledger.park(0, parked)).isFalse();
    assertThat(ledger.settled(0)).isSameAs(later);
  }

  @Test
  void a_record_that_was_never_settled_is_a_bug_that_throws() {
    assertThatThrownBy(() -> ledger.settled(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Record 1")
        .hasMessageContaining("delivered again");
  }

  @Test
  void only_what_is_proven_is_acknowledged() {
    assertThat(Settled.Done.INSTANCE.isAcknowledged()).isTrue();
    assertThat(new Settled.Ignored("").isAcknowledged()).isTrue();
    assertThat(new Settled.DeadLettered(null).isAcknowledged()).isTrue();
    assertThat(later.isAcknowledged()).isFalse();
    assertThat(Settled.NotRun.INSTANCE.isAcknowledged()).isFalse();
  }

  @Test
  void of_two_that_settle_at_the_same_time_one_wins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 2_000; round++) {
        Ledger contested = new Ledger(1);
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<Boolean>> wins = new ArrayList<>();
        for (Settled each : List.of(later, Settled.Done.INSTANCE)) {
          wins.add(
              threads.submit(
                  () -> {
                    start.await();
                    return contested.settle(0, each);
                  }));
        }
        boolean laterWon = wins.get(0).get();
        assertThat(wins.get(1).get()).isEqualTo(!laterWon);
        assertThat(contested.settled(0)).isSameAs(laterWon ? later : Settled.Done.INSTANCE);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
