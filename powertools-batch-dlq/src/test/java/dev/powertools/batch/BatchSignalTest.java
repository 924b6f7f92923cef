// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of batches by signals. */
class BatchSignalTest {

  private final TestTiming timing = new TestTiming();
  private final FakeSourceQueues queues = new FakeSourceQueues();
  private final List<Signal> signals = new ArrayList<>();
  private final FunctionRuntime runtime =
      Fixtures.runtime(FakeDeadLetters.none())
          .timing(timing)
          .part(SourceQueues.class, queues)
          .listener((signal, invocation) -> signals.add(signal))
          .build();

  @Test
  void a_batch_tells_how_often_its_records_came_and_how_old_they_are() {
    SqsMessage old =
        Fixtures.sqs(
            "old",
            "body",
            Fixtures.STANDARD,
            Map.of(
                "ApproximateReceiveCount",
                "3",
                "SentTimestamp",
                "" + timing.now().minusSeconds(90).toEpochMilli()),
            Map.of());

    Fixtures.failures(runtime, List.of(Fixtures.message("new"), old), (in, m) -> Outcome.done());

    assertThat(signals)
        .containsExactly(new BatchSignal.Ended(2, 0, 0, 0, 0, 3, Duration.ofSeconds(90)));
  }

  @Test
  void a_batch_that_ran_out_of_time_tells_so() {
    Dispatch one = (size, lanes, run) -> run.accept(0);

    Fixtures.failures(
        Fixtures.batch(runtime), Fixtures.messages(3), (in, m) -> Outcome.done(), one);

    assertThat(signals).contains(new BatchSignal.OutOfTime(2, 0));
  }

  @Test
  void a_batch_that_was_interrupted_did_not_run_out_of_time() {
    Fixtures.failures(
        runtime,
        Fixtures.messages(2),
        (in, message) -> {
          Thread.currentThread().interrupt();
          return Outcome.done();
        });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(signals).hasOnlyElementsOfType(BatchSignal.Ended.class);
  }

  @Test
  void delays_that_were_not_set_are_counted() {
    queues.failure = new SourceQueues.DeniedException(new IllegalStateException("403"));
    Fixtures.failures(
        runtime,
        List.of(Fixtures.received("a", null, 1)),
        (in, message) -> Outcome.retryAfter(Duration.ofSeconds(9)));

    assertThat(signals).contains(new BatchSignal.VisibilityUnchanged(1, "denied"));
  }

  @Test
  void every_signal_has_a_name_and_fields() {
    List<BatchSignal> all =
        List.of(
            new BatchSignal.DeadLettersSuspended("arn", "sqs:SendMessage", Duration.ofMinutes(1)),
            new BatchSignal.VisibilityUnchanged(1, "denied"),
            new BatchSignal.OutOfTime(1, 2),
            new BatchSignal.Late("m", "Done"));

    assertThat(all)
        .allSatisfy(signal -> assertThat(signal.name()).startsWith("batch."))
        .allSatisfy(signal -> assertThat(signal.fields()).isNotEmpty());
  }
}
