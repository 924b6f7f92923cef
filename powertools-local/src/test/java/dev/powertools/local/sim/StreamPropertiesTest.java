// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever the options, the records and the failures are, over seeds. */
class StreamPropertiesTest {

  private static final int SEEDS = 300;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** One random run: what was sent, how it was read, and how the function behaved. */
  private static final class Run {
    private final SplittableRandom random;
    private final StreamWorld world = new StreamWorld();
    private final KinesisSimulator stream;
    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> bad = new HashSet<>();
    private final Set<String> provenDone = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final boolean reports;
    private final boolean limited;

    Run(long seed) {
      random = new SplittableRandom(seed);
      reports = random.nextBoolean();
      limited = random.nextInt(4) > 0;
      stream = world.kinesis(o -> options(o).seed(seed));
      world.behaviour = this::answer;
    }

    private StreamOptions.Builder options(StreamOptions.Builder o) {
      o.shards(1 + random.nextInt(3)).batchSize(1 + random.nextInt(8));
      o.parallelizationFactor(1 + random.nextInt(3));
      o.batchingWindow(Duration.ofSeconds(random.nextInt(3)));
      maybe(o, StreamOptions.Builder::bisect);
      maybe(o, b -> b.onFailure(StreamDestination.QUEUE));
      maybe(o, b -> b.maximumRecordAge(Duration.ofSeconds(60 + random.nextInt(300))));
      if (reports) {
        o.reportBatchItemFailures();
      }
      return limited ? o.maximumRetryAttempts(random.nextInt(4)) : o;
    }

    private void maybe(StreamOptions.Builder o, Consumer<StreamOptions.Builder> how) {
      if (random.nextBoolean()) {
        how.accept(o);
      }
    }

    Run play() {
      stream.start();
      int records = random.nextInt(40);
      for (int i = 0; i < records; i++) {
        String data = "r" + i;
        String key = "k" + random.nextInt(5);
        keys.put(data, key);
        if (random.nextInt(8) == 0) {
          bad.add(data);
        }
        stream.send(key, data);
        world.clock.advance(Duration.ofMillis(random.nextInt(4) * 700L));
      }
      stream.drain();
      return this;
    }

    private EventAnswer answer(StreamWorld.Batch batch) {
      checkOrder(batch.data());
      if (random.nextInt(4) == 0) {
        world.clock.advance(Duration.ofMillis(random.nextInt(5000)));
      }
      return switch (random.nextInt(10)) {
        case 0 -> EventAnswer.throttled();
        case 1 -> EventAnswer.failed("Flaky", "now and then");
        case 2, 3, 4 ->
            batch.throwingAt(bad).error().isPresent() ? batch.throwingAt(bad) : ok(batch);
        default -> reports ? reported(batch) : ok(batch);
      };
    }

    private EventAnswer ok(StreamWorld.Batch batch) {
      provenDone.addAll(batch.data());
      return EventAnswer.returned("{}");
    }

    private EventAnswer reported(StreamWorld.Batch batch) {
      List<String> failed = batch.data().stream().filter(bad::contains).toList();
      int first = failed.isEmpty() ? batch.data().size() : batch.data().indexOf(failed.get(0));
      provenDone.addAll(batch.data().subList(0, first));
      return batch.failing(failed.toArray(String[]::new));
    }

    /** A record is sent only once every earlier one of its key has a fate, or is sent before it. */
    private void checkOrder(List<String> data) {
      Set<String> here = new HashSet<>();
      for (String name : data) {
        for (StreamRecord earlier : stream.records()) {
          String other = "r" + (earlier.number() - 1);
          if (other.equals(name)) {
            break;
          }
          boolean sameKey = keys.get(other).equals(keys.get(name));
          if (sameKey && stream.fate(earlier) == StreamFate.IN_STREAM && !here.contains(other)) {
            violations.add(name + " before " + other);
          }
        }
        here.add(name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_record_is_skipped_without_cause_and_the_order_of_a_key_holds(long seed) {
    Run run = new Run(seed).play();

    assertThat(run.violations).as("order").isEmpty();
    assertThat(run.stream.records()).hasSize(run.keys.size());
    List<StreamRecord> told = new ArrayList<>();
    run.stream.failures().forEach(failure -> told.addAll(failure.records()));
    for (StreamRecord record : run.stream.records()) {
      String name = "r" + (record.number() - 1);
      String story = run.stream.explain(record);
      switch (run.stream.fate(record)) {
        case SUCCEEDED -> assertThat(run.provenDone).as(story).contains(name);
        case SENT_TO_DESTINATION -> assertThat(told).as(story).containsOnlyOnce(record);
        case DISCARDED -> assertThat(story).containsAnyOf("RetryAttempts", "RecordAge");
        case EXPIRED -> assertThat(story).contains("the stream keeps records for PT24H");
        default -> assertThat(story).as("a fate").isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_same_seed_gives_the_same_account_byte_by_byte(long seed) {
    Run first = new Run(seed).play();
    Run second = new Run(seed).play();

    assertThat(second.stream.explain()).isEqualTo(first.stream.explain());
    assertThat(second.world.requestIds).isEqualTo(first.world.requestIds);
    assertThat(second.stream.failures().stream().map(StreamFailure::document))
        .isEqualTo(first.stream.failures().stream().map(StreamFailure::document).toList());
  }

  @Test
  void the_seeds_reach_every_fate() {
    Set<StreamFate> seen = new HashSet<>();
    seeds()
        .mapToObj(seed -> new Run(seed).play().stream)
        .forEach(stream -> stream.records().forEach(record -> seen.add(stream.fate(record))));

    assertThat(seen)
        .contains(
            StreamFate.SUCCEEDED,
            StreamFate.SENT_TO_DESTINATION,
            StreamFate.DISCARDED,
            StreamFate.EXPIRED);
  }
}
