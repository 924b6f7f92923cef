// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batchmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.sim.SimulatedMessage;
import dev.powertools.retry.RetryBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The properties of batches over random worlds: messages, groups, outcomes, delays, retries, faults
 * of the queue's requests and of the mapping, each from a seed that a failure names; {@code
 * -Dmodel.seed=N} runs that one alone, one in 50 of {@code -Dmodel.rounds} is run. What is checked
 * is what the handler really did and what the queues really hold:
 *
 * <ul>
 *   <li>P1: every message is in the end done, in the source, or in the dead-letter queue
 *   <li>P2: what is acknowledged has run and is proven; what is proven is not reported as failed,
 *       save where time was up
 *   <li>P3: the response names messages of the event, each once
 *   <li>P4: in a group none begins before the earlier ones are done or parked
 *   <li>P5: attempts of a delivery, and of all deliveries of a message, are bounded
 *   <li>P6: the answer comes before the deadline
 *   <li>P7: what counts as dead-lettered is in the dead-letter queue
 *   <li>P8: with its body, attributes and group as they were (binary ones: {@code
 *       SqsDeadLettersTest})
 *   <li>P9: retries of an invocation keep to its budget, those of each group of a FIFO queue to one
 *       of their own (of an environment: {@code RetryBudgetTest})
 *   <li>P10: the same seed leads to the same story, where threads don't race with time
 *   <li>P11: side by side the same becomes of messages as one after the other
 *   <li>P12: visibility timeouts that are asked for are in their range
 * </ul>
 */
@Tag("heavy")
@Timeout(600)
class BatchModelTest {

  private static final int ROUNDS = Integer.getInteger("model.rounds", 3_000) / 50;

  private static void forEachSeed(int rounds, Consumer<Long> property) {
    Long only = Long.getLong("model.seed");
    long first = only == null ? 0 : only;
    for (long seed = first; seed < first + (only == null ? rounds : 1); seed++) {
      try {
        property.accept(seed);
      } catch (Throwable t) {
        throw new AssertionError("fails with -Dmodel.seed=" + seed + ": " + t, t);
      }
    }
  }

  private static void inWorld(Plan plan, Consumer<World> check) {
    try (World world = new World(plan).run()) {
      try {
        check.accept(world);
      } catch (AssertionError e) {
        throw new AssertionError(plan + "\n" + e.getMessage() + "\n" + world.account(), e);
      }
    }
  }

  @Test
  void whatever_happens_the_properties_hold() {
    forEachSeed(ROUNDS, seed -> inWorld(Plan.any(seed), BatchModelTest::requireAll));
  }

  private static void requireAll(World world) {
    requireNothingLost(world);
    for (Delivery delivery : world.deliveries.values()) {
      if (delivery.isAnswered()) {
        requireHonestAnswer(delivery);
        requireInTime(delivery);
      }
      requireAttempts(world, delivery);
    }
    requireReceives(world);
    assertThat(world.outOfOrder).as("P4: began too early in their group").isEmpty();
    requireDeadLetters(world);
    requireVisibilities(world);
  }

  /** P1. */
  private static void requireNothingLost(World world) {
    world.queues().assertNothingLost();
    Set<String> somewhere = new HashSet<>(world.done);
    world.source().forEach(message -> somewhere.add(message.messageId()));
    world.deadLetters().forEach(letter -> somewhere.add(world.origin(letter)));
    assertThat(somewhere)
        .as("P1: done, in the source, or parked")
        .containsAll(world.bodies.keySet());
  }

  /** P2, P3. */
  private static void requireHonestAnswer(Delivery delivery) {
    assertThat(delivery.failed()).as("P3").doesNotHaveDuplicates().isSubsetOf(delivery.given);
    Set<String> proven = new HashSet<>(delivery.done());
    proven.addAll(delivery.parked());
    assertThat(proven).as("P2: proven").containsAll(delivery.acknowledged());
    if (delivery.endedByItself()) {
      assertThat(delivery.failed()).as("P2: reported").noneMatch(proven::contains);
    }
  }

  /** P6. */
  private static void requireInTime(Delivery delivery) {
    assertThat(delivery.left()).as("P6: ms left at the answer").isPositive();
  }

  /** P5 of one delivery, P9. */
  private static void requireAttempts(World world, Delivery delivery) {
    Map<String, List<Integer>> byBudget = new TreeMap<>();
    delivery.attempts.forEach(
        (id, attempts) -> {
          assertThat(attempts)
              .as("P5: attempts of a delivery")
              .isLessThanOrEqualTo(world.plan.attempts);
          String budget = world.plan.fifo ? world.groups.get(id) : "";
          byBudget.computeIfAbsent(budget, b -> new ArrayList<>()).add(attempts);
        });
    byBudget.values().forEach(attempts -> requireBudget(world.plan.budget, attempts));
  }

  private static void requireBudget(RetryBudget budget, List<Integer> attempts) {
    int first = attempts.size();
    int further = attempts.stream().mapToInt(n -> n - 1).sum();
    assertThat((double) further)
        .as("P9: further attempts for %d first ones", first)
        .isLessThanOrEqualTo(budget.share() * first + budget.floor() + 1e-9);
  }

  /** P5 of all deliveries. */
  private static void requireReceives(World world) {
    Map<String, Integer> calls = new TreeMap<>();
    world
        .deliveries
        .values()
        .forEach(d -> d.attempts.forEach((id, n) -> calls.merge(id, n, Integer::sum)));
    if (!world.plan.duplicates) {
      assertThat(calls.values())
          .as("P5: attempts of a message")
          .allMatch(count -> count <= world.plan.attempts * world.plan.maxReceives);
    }
  }

  /** P7, P8. */
  private static void requireDeadLetters(World world) {
    Map<String, List<SimulatedMessage>> byOrigin =
        world.deadLetters().stream().collect(Collectors.groupingBy(world::origin));
    for (Delivery delivery : world.deliveries.values()) {
      assertThat(byOrigin.keySet()).as("P7").containsAll(delivery.parked());
    }
    byOrigin.forEach(
        (origin, letters) -> {
          for (SimulatedMessage letter : letters) {
            Map<String, String> own = new TreeMap<>(letter.attributes());
            own.keySet().removeIf(name -> name.startsWith("pt."));
            assertThat(letter.body()).as("P8").isEqualTo(world.bodies.get(origin));
            assertThat(own).as("P8").isEqualTo(new TreeMap<>(world.attributes.get(origin)));
            if (world.plan.fifo) {
              assertThat(letter.groupId()).as("P8").contains(world.groups.get(origin));
            }
          }
        });
  }

  /** P12. */
  private static void requireVisibilities(World world) {
    int least = world.plan.zeroDelays ? 0 : 1;
    assertThat(world.visibilities)
        .as("P12: visibility timeouts that were asked for")
        .allMatch(seconds -> seconds >= least && seconds <= 42_300);
  }

  /** P10. */
  @Test
  void the_same_seed_leads_to_the_same_story() {
    forEachSeed(
        Math.max(1, ROUNDS / 3),
        seed -> {
          String story = story(Plan.pure(seed, 1));
          assertThat(story(Plan.pure(seed, 1)).split("\n")).isEqualTo(story.split("\n"));
        });
  }

  private static String story(Plan plan) {
    try (World world = new World(plan).run()) {
      return world.account();
    }
  }

  /** P11. */
  @Test
  void side_by_side_the_same_becomes_of_messages_as_one_after_the_other() {
    forEachSeed(
        Math.max(1, ROUNDS / 3),
        seed -> assertThat(fates(Plan.pure(seed, 4))).isEqualTo(fates(Plan.pure(seed, 1))));
  }

  private static Set<String> fates(Plan plan) {
    Set<String> fates = new TreeSet<>();
    inWorld(
        plan,
        world -> {
          requireAll(world);
          world.done.forEach(id -> fates.add(world.bodies.get(id) + " done"));
          world
              .deadLetters()
              .forEach(
                  letter -> fates.add(letter.body() + " " + letter.attributes().get("pt.reason")));
        });
    return fates;
  }
}
