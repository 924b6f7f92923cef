// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes next where records are of several senders. */
class FairTurnsTest {

  private static FairTurns turns(String keys) {
    FairTurns turns = new FairTurns(i -> keys.charAt(i) == '-' ? null : keys.substring(i, i + 1));
    for (int i = 0; i < keys.length(); i++) {
      turns.add(new int[] {i});
    }
    return turns;
  }

  private static String taken(FairTurns turns, int count, String keys) {
    StringBuilder taken = new StringBuilder();
    for (int i = 0; i < count; i++) {
      taken.append(keys.charAt(turns.remove()[0]));
    }
    return taken.toString();
  }

  @Test
  void the_key_with_the_fewest_at_work_does() {
    String keys = "AAAAAABBC";

    assertThat(taken(turns(keys), 9, keys)).isEqualTo("ABCABAAAA");
  }

  @Test
  void what_is_slow_keeps_no_permit_from_what_is_quick() {
    String keys = "AAAABBBB";
    FairTurns turns = turns(keys);
    List<Integer> order = new ArrayList<>();

    turns.remove(); // of A, and never ends
    for (int i = 0; i < 4; i++) {
      int[] next = turns.remove();
      order.add(next[0]);
      turns.ended(next);
    }

    assertThat(order).containsExactly(4, 5, 6, 7);
  }

  @Test
  void without_a_key_each_is_its_own() {
    String keys = "AAA--";

    assertThat(taken(turns(keys), 5, keys)).isEqualTo("A--AA");
  }

  @Test
  void of_one_key_the_order_of_the_batch_is_kept() {
    FairTurns turns = turns("AAAA");

    assertThat(List.of(turns.remove()[0], turns.remove()[0], turns.remove()[0]))
        .containsExactly(0, 1, 2);
    assertThat(turns.size()).isEqualTo(1);
    assertThat(turns.peek()).containsExactly(3);
  }

  @Test
  void however_records_come_and_end_each_comes_once_and_no_key_is_ahead_while_another_waits() {
    Seeds.forEach(
        500,
        random -> {
          int size = 1 + random.nextInt(40);
          List<@Nullable String> keys = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            keys.add(random.nextInt(5) == 0 ? null : "k" + random.nextInt(3));
          }
          FairTurns turns = new FairTurns(keys::get);
          for (int i = 0; i < size; i++) {
            turns.add(new int[] {i});
          }
          List<int[]> atWork = new ArrayList<>();
          List<Integer> taken = new ArrayList<>();
          while (!turns.isEmpty()) {
            if (!atWork.isEmpty() && random.nextBoolean()) {
              turns.ended(atWork.remove(random.nextInt(atWork.size())));
            } else {
              int[] next = turns.remove();
              taken.add(next[0]);
              requireFewest(keys, atWork, taken, next[0]);
              atWork.add(next);
            }
          }
          assertThat(taken).hasSize(size).doesNotHaveDuplicates();
        });
  }

  private static void requireFewest(
      List<@Nullable String> keys, List<int[]> atWork, List<Integer> taken, int next) {
    Map<String, Integer> counts = new HashMap<>();
    for (int[] each : atWork) {
      counts.merge(keyOf(keys, each[0]), 1, Integer::sum);
    }
    int ofNext = counts.getOrDefault(keyOf(keys, next), 0);
    for (int i = 0; i < keys.size(); i++) {
      if (!taken.contains(i)) {
        assertThat(counts.getOrDefault(keyOf(keys, i), 0)).isGreaterThanOrEqualTo(ofNext);
      }
    }
  }

  private static String keyOf(List<@Nullable String> keys, int index) {
    String key = keys.get(index);
    return key == null ? "#" + index : key;
  }

  @Nested
  @Timeout(60)
  class In_a_batch {

    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    private final FunctionRuntime runtime =
        Fixtures.runtime(FakeDeadLetters.accepting()).timing(new TestTiming()).build();

    private static SqsMessage of(String id, @Nullable String tenant, @Nullable String customer) {
      return Fixtures.sqs(
          id,
          "body",
          Fixtures.STANDARD,
          tenant == null ? Map.of() : Map.of("MessageGroupId", tenant),
          customer == null
              ? Map.of()
              : Map.of("customer", MessageAttribute.of("String", customer)));
    }

    /** Those of "noisy" hang until the last quiet one has begun. */
    private List<String> run(BatchOptions options, List<SqsMessage> messages) {
      CountDownLatch quiet =
          new CountDownLatch((int) messages.stream().filter(m -> m.id().startsWith("q")).count());
      return Fixtures.failures(
          Fixtures.batch(runtime),
          messages,
          (in, message) -> {
            begun.add(message.id());
            if (message.id().startsWith("q")) {
              quiet.countDown();
            } else {
              quiet.await();
            }
            return Outcome.done();
          },
          new Crew(
              options.maxConcurrency(),
              runtime.timing(),
              RecordThreads.of(runtime, options.maxConcurrency()),
              null),
          options);
    }

    private static BatchOptions.Builder four() {
      return BatchOptions.builder().maxConcurrency(4);
    }

    @Test
    void a_noisy_group_leaves_a_permit_to_the_others() {
      List<SqsMessage> messages = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        messages.add(of("noisy" + i, "A", null));
      }
      for (int i = 0; i < 5; i++) {
        messages.add(of("q" + i, "B", null));
      }

      assertThat(run(four().build(), messages)).isEmpty();
      assertThat(begun).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void so_does_a_noisy_value_of_an_attribute_that_was_named() {
      List<SqsMessage> messages = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        messages.add(of("noisy" + i, "q" + i, "A"));
      }
      messages.add(of("q1", "A", "B"));
      messages.add(of("q2", "A", null));

      assertThat(run(four().fairnessKey("customer").build(), messages)).isEmpty();
    }

    @Test
    void without_keys_the_order_of_the_batch_is_kept() {
      run(
          BatchOptions.builder().maxConcurrency(1).build(),
          List.of(of("q1", "A", null), of("q2", "A", null), of("q3", "B", null)));

      assertThat(begun).containsExactly("q1", "q2", "q3");
    }
  }
}
