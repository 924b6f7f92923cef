// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.DeadLetterQueue.Receipt;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What must hold whatever the batches, outcomes and faults: a queue in memory delivers random
 * batches of what it still has, and forgets only what the response does not name.
 */
class BatchPropertiesTest {

  private static final int RUNS = 400;
  private static final List<Receipt> ANY_RECEIPT = List.of(Receipt.values());

  /** One queue, its messages by id, and what happened to them. */
  private static final class World {
    final Random random;
    final boolean fifo;
    final Map<String, SqsMessage> source = new LinkedHashMap<>();
    final Set<String> sent = new HashSet<>();
    final Set<String> processed = new HashSet<>();
    final Set<String> everProcessed = new HashSet<>();
    final List<String> order = new ArrayList<>();
    final FakeDeadLetters deadLetters = FakeDeadLetters.answering(this::answer);
    final FunctionRuntime runtime;

    World(Random random) {
      this.random = random;
      this.fifo = random.nextBoolean();
      this.runtime =
          Fixtures.runtime(deadLetters).part(Random.class, new Random(random.nextLong())).build();
      int count = 1 + random.nextInt(30);
      for (int i = 0; i < count; i++) {
        String id = "m" + i;
        SqsMessage message =
            fifo ? Fixtures.grouped(id, "g" + random.nextInt(4)) : Fixtures.message(id);
        source.put(id, message);
        sent.add(id);
      }
    }

    List<Receipt> answer(FakeDeadLetters queue, List<DeadLetterMessage> messages) {
      int fault = random.nextInt(5);
      if (fault == 0) {
        throw new IllegalStateException("500");
      }
      if (fault == 1) {
        queue.held.addAll(messages);
        throw new IllegalStateException("answer lost");
      }
      List<Receipt> receipts = new ArrayList<>();
      for (DeadLetterMessage message : messages) {
        Receipt receipt = fault == 2 ? ANY_RECEIPT.get(random.nextInt(3)) : Receipt.CONFIRMED;
        if (receipt == Receipt.CONFIRMED || random.nextInt(4) == 0) {
          queue.held.add(message);
        }
        receipts.add(receipt);
      }
      return receipts;
    }

    /** What a queue may deliver: any messages, those of a FIFO group from its head. */
    List<SqsMessage> batch() {
      List<SqsMessage> batch = new ArrayList<>();
      Set<String> skippedLanes = new HashSet<>();
      for (SqsMessage message : source.values()) {
        String lane = message.lane();
        boolean skip = random.nextInt(3) == 0 || skippedLanes.contains(String.valueOf(lane));
        if (!skip) {
          batch.add(message);
          if (random.nextInt(20) == 0) {
            batch.add(message);
          }
        } else if (lane != null) {
          skippedLanes.add(lane);
        }
      }
      return batch;
    }

    Object processed(String id, Outcome outcome) {
      processed.add(id);
      everProcessed.add(id);
      return outcome;
    }

    Object handle(SqsMessage message) {
      String id = message.messageId();
      order.add(id);
      return switch (random.nextInt(8)) {
        case 0 -> Outcome.retryAfter(Duration.ofSeconds(random.nextInt(3)));
        case 1 -> Outcome.deadLetter("random");
        case 2 -> throw new IllegalStateException("random");
        case 3 -> throw new UndecodableRecordException(id, String.class, "random", null);
        case 4 -> processed(id, Outcome.ignored("random"));
        default -> processed(id, Outcome.done());
      };
    }
  }

  @Test
  void nothing_is_lost_and_nothing_reported_that_succeeded() {
    Seeds.forEach(RUNS, BatchPropertiesTest::deliverUntilQuiet);
  }

  private static void deliverUntilQuiet(Random random) {
    World world = new World(random);
    for (int delivery = 0; delivery < 40 && !world.source.isEmpty(); delivery++) {
      deliver(world);
    }
  }

  private static void deliver(World world) {
    List<SqsMessage> batch = world.batch();
    List<String> given = Fixtures.ids(batch).stream().distinct().toList();
    world.order.clear();
    world.processed.clear();

    List<String> failed =
        Fixtures.failures(world.runtime, batch, (in, message) -> world.handle(message));

    List<String> acknowledged = new ArrayList<>(given);
    acknowledged.removeAll(failed);
    world.source.keySet().removeAll(acknowledged);
    requireResponse(given, failed);
    requireConservation(world, acknowledged);
    List<String> unrun = new ArrayList<>(given);
    unrun.removeAll(world.order);
    assertThat(acknowledged).filteredOn(unrun::contains).isEmpty();
    assertThat(failed).filteredOn(world.processed::contains).isEmpty();
    if (world.fifo) {
      requireOrder(world, batch, failed);
    }
  }

  private static void requireResponse(List<String> given, List<String> failed) {
    assertThat(failed).isEqualTo(given.stream().filter(failed::contains).toList());
  }

  private static void requireConservation(World world, List<String> acknowledged) {
    List<String> dead = world.deadLetters.heldIds();
    for (String id : acknowledged) {
      assertThat(world.processed.contains(id) || dead.contains(id))
          .as("%s is acknowledged, so it is done or in the dead-letter queue", id)
          .isTrue();
    }
    for (String id : world.sent) {
      assertThat(
              world.source.containsKey(id) || world.everProcessed.contains(id) || dead.contains(id))
          .as("%s is somewhere", id)
          .isTrue();
    }
  }

  /** Within a group: in the order sent, and nothing behind one that comes again. */
  private static void requireOrder(World world, List<SqsMessage> batch, List<String> failed) {
    Map<String, List<String>> givenByLane = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (SqsMessage message : batch) {
      if (seen.add(message.messageId())) {
        givenByLane
            .computeIfAbsent(message.lane(), lane -> new ArrayList<>())
            .add(message.messageId());
      }
    }
    givenByLane.forEach(
        (lane, given) -> {
          List<String> ran = world.order.stream().filter(given::contains).toList();
          assertThat(given).startsWith(ran.toArray(new String[0]));
          for (int i = 0; i < ran.size() - 1; i++) {
            assertThat(failed)
                .as("%s ran before %s", ran.get(i), ran.get(i + 1))
                .doesNotContain(ran.get(i));
          }
        });
  }
}
