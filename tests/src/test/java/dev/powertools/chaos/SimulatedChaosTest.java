// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.chaos.ChargedOrders.Run;
import dev.powertools.local.sim.SqsFaults;
import dev.powertools.local.sim.SqsSend;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.testing.TestStore.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is exact on virtual time: deliveries twice, expired visibility, wrong clocks, slow queues.
 */
@Tag("heavy")
@Timeout(600)
class SimulatedChaosTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Longer than all deliveries in the midst of one another take together. */
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(10);

  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final List<Duration> RIGHT = List.of(Duration.ZERO);

  private final List<Run> runs = Collections.synchronizedList(new ArrayList<>());

  private SimulatedShop shop(long seed, Duration timeout, List<Duration> skews) {
    runs.clear();
    SimulatedShop[] shop = new SimulatedShop[1];
    shop[0] =
        new SimulatedShop(
            seed,
            timeout,
            skews,
            environment -> new ChargedOrders(runs, shop[0].clock, environment.ahead()));
    return shop[0];
  }

  /** Sends orders of each kind that take so long each, at most; returns those that can be done. */
  private static List<String> send(SimulatedShop shop, Random dice, int mostSeconds) {
    List<String> sound = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      String kind = List.of("good", "good", "good", "flaky", "bad").get(dice.nextInt(5));
      String order = kind + "-" + i + " " + (mostSeconds == 0 ? 0 : dice.nextInt(mostSeconds));
      shop.send(SqsSend.of(order));
      if (!kind.equals("bad")) {
        sound.add(order);
      }
    }
    return sound;
  }

  @Test
  void a_message_that_is_delivered_twice_is_done_once() {
    int[] runsThatWereNotNeeded = new int[1];
    Rounds.each(
        (seed, dice) -> {
          try (SimulatedShop shop = shop(seed, TIMEOUT, RIGHT)) {
            shop.open(
                "orders",
                TIMEOUT.multipliedBy(6),
                EventSourceOptions.builder().concurrency(5),
                SqsFaults.none().duplicates(0.1));
            List<String> sound = send(shop, dice, 3);

            shop.drain();

            assertThat(ChargedOrders.charged(runs)).containsExactlyInAnyOrderElementsOf(sound);
            runsThatWereNotNeeded[0] += shop.queues.account().split("copy", -1).length - 1;
          }
        });
    assertThat(runsThatWereNotNeeded[0]).as("copies that were delivered").isPositive();
  }

  @Test
  void a_group_that_is_delivered_twice_keeps_its_order() {
    Rounds.each(
        (seed, dice) -> {
          try (SimulatedShop shop = shop(seed, TIMEOUT, RIGHT)) {
            shop.open(
                "orders.fifo",
                TIMEOUT.multipliedBy(6),
                EventSourceOptions.builder().concurrency(5),
                SqsFaults.none().duplicates(0.1));
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
              String order = (dice.nextInt(5) == 0 ? "flaky-" : "good-") + i + " 1";
              shop.send(SqsSend.of(order).group("g" + i % 3));
              sent.add(order);
            }

            shop.drain();

            List<String> charged = ChargedOrders.charged(runs);
            for (int group = 0; group < 3; group++) {
              assertThat(charged.stream().filter(ofGroup(group)))
                  .containsExactlyElementsOf(sent.stream().filter(ofGroup(group)).toList());
            }
          }
        });
  }

  private static Predicate<String> ofGroup(int group) {
    return order -> Integer.parseInt(order.replaceAll(".*-(\\d+) .*", "$1")) % 3 == group;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 600})
  void what_is_delivered_while_it_still_runs_is_done_once_if_the_clocks_allow(long skewSeconds) {
    Duration skew = Duration.ofSeconds(skewSeconds);
    int[] overlapping = new int[1];
    int[] deliveredWhileItRan = new int[1];
    Rounds.each(
        (seed, dice) -> {
          try (SimulatedShop shop =
              shop(seed, LONG_TIMEOUT, List.of(skew.negated(), Duration.ZERO, skew))) {
            shop.open(
                "orders",
                Duration.ofSeconds(20), // three orders of 15 s take longer
                EventSourceOptions.builder().batchSize(3).concurrency(5),
                SqsFaults.none());
            List<String> sound = send(shop, dice, 16);

            shop.drain();

            List<String> charged = ChargedOrders.charged(runs);
            assertThat(charged).containsAll(sound);
            deliveredWhileItRan[0] += shop.store.calls(Operation.CLAIM) - runs.size();
            if (skew.compareTo(MARGIN.dividedBy(2)) <= 0) {
              assertThat(charged).containsExactlyInAnyOrderElementsOf(sound);
              assertThat(overlaps()).isEmpty();
            }
            for (List<Run> pair : overlaps()) {
              overlapping[0]++;
              assertThat(isBrokenByAClock(pair.get(0), pair.get(1)))
                  .as("only a clock that is ahead breaks a lease: %s of %s", pair, runs)
                  .isTrue();
            }
            requireNoChargeAfterACharge();
          }
        });
    assertThat(deliveredWhileItRan[0]).as("claims in vain").isPositive();
    if (skewSeconds > 2 && Rounds.COUNT >= 10) {
      assertThat(overlapping[0]).as("runs at the same time").isPositive();
    }
  }

  /** Runs of one order at the same time, the earlier one first. */
  private List<List<Run>> overlaps() {
    List<List<Run>> overlaps = new ArrayList<>();
    for (Run one : runs) {
      for (Run other : runs) {
        if (one.order().equals(other.order())
            && one.begin().isBefore(other.begin())
            && one.overlaps(other)) {
          overlaps.add(List.of(one, other));
        }
      }
    }
    return overlaps;
  }

  /** Whether the later one, or one between them, takes a lease for over that is not. */
  private boolean isBrokenByAClock(Run holder, Run later) {
    return runs.stream()
        .filter(run -> run.order().equals(holder.order()))
        .filter(run -> !run.begin().isBefore(holder.begin())) // in the same moment, maybe
        .filter(run -> !run.begin().isAfter(later.begin()))
        .anyMatch(run -> run.ahead().minus(holder.ahead()).compareTo(MARGIN) > 0);
  }

  /** What is done is known to everybody, however wrong their clocks are. */
  private void requireNoChargeAfterACharge() {
    for (Run one : runs) {
      for (Run other : runs) {
        boolean later =
            one.order().equals(other.order())
                && one.charged()
                && other.charged()
                && one.begin().isBefore(other.begin())
                && !one.overlaps(other);
        assertThat(later).as("%s was charged again by %s", one, other).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders.fifo"})
  void a_dead_letter_queue_that_is_slow_delays_no_answer_beyond_the_deadline(String queue) {
    Duration few = Duration.ofSeconds(6);
    Rounds.each(
        (seed, dice) -> {
          try (SimulatedShop shop = shop(seed, few, RIGHT)) {
            shop.aws
                .on("sqs", "SendMessageBatch")
                .latency(Duration.ofSeconds(5))
                .times(5 + dice.nextInt(10))
                .optional();
            shop.open(queue, few.multipliedBy(6), EventSourceOptions.builder(), SqsFaults.none());
            List<String> sound = new ArrayList<>();
            List<String> hopeless = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
              boolean good = dice.nextInt(3) > 0;
              String order = (good ? "good-" : "bad-") + i + " " + dice.nextInt(3);
              SqsSend message = SqsSend.of(order);
              shop.send(queue.endsWith(".fifo") ? message.group("g" + i % 4) : message);
              (good ? sound : hopeless).add(order);
            }

            shop.drain();

            assertThat(ChargedOrders.charged(runs)).containsExactlyInAnyOrderElementsOf(sound);
            assertThat(shop.deadLetters()).containsAll(hopeless);
          }
        });
  }
}
