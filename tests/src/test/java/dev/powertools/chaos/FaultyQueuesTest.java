// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.chaos.SqsFaultProxy.Answer;
import dev.powertools.local.ForkOptions;
import dev.powertools.local.sqs.Delivery;
import dev.powertools.local.sqs.Delivery.Fate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function's process whose queues fail it, or whose heap does. */
@Tag("heavy")
class FaultyQueuesTest {

  private static final Set<String> CALLS_OF_FAILURES =
      Set.of("SendMessageBatch", "ChangeMessageVisibilityBatch");

  /** More of the same proves no more. */
  private static final int ORDERS = Math.max(1, Math.min(Rounds.COUNT / 2, 50));

  private static void sendAll(Shop shop) {
    for (int i = 0; i < ORDERS; i++) {
      shop.send("good-" + i, "bad-" + i, "flaky-" + i);
    }
  }

  @Test
  void dead_letters_wait_in_the_source_queue_while_theirs_fails(@TempDir Path folder) {
    Rounds.once(
        (seed, dice) -> {
          try (Shop shop = Shop.open(folder)) {
            Map<String, Fate> fates = new ConcurrentHashMap<>();
            CountDownLatch eachCame = new CountDownLatch(ORDERS);
            sendAll(shop);
            shop.onDelivery(
                delivery -> {
                  if (shop.orderOf(delivery).startsWith("bad")
                      && fates.put(delivery.messageId(), delivery.fate()) == null) {
                    eachCame.countDown();
                  }
                });
            shop.proxy()
                .fault(
                    (operation, onward) ->
                        operation.equals("SendMessageBatch")
                            ? Answer.internalError()
                            : onward.pass());

            shop.start();
            assertThat(eachCame.await(300, SECONDS)).as("%s came", fates).isTrue();
            assertThat(fates.values()).containsOnly(Fate.RETURNED);
            assertThat(shop.deadLetters()).isEmpty();
            shop.proxy().fault(SqsFaultProxy.Fault.NONE);

            shop.drain().requireExactlyOnce();
          }
        });
  }

  @Test
  void throttling_changes_no_outcome(@TempDir Path folder) {
    Rounds.once(
        (seed, dice) -> {
          try (Shop shop = Shop.open(folder)) {
            shop.proxy()
                .fault(
                    (operation, onward) -> {
                      synchronized (dice) {
                        if (CALLS_OF_FAILURES.contains(operation) && dice.nextBoolean()) {
                          return Answer.throttled();
                        }
                      }
                      return onward.pass();
                    });
            sendAll(shop);

            shop.start().drain().requireExactlyOnce();
          }
        });
  }

  @Test
  void a_dead_letter_whose_confirmation_is_lost_is_there_twice_rather_than_nowhere(
      @TempDir Path folder) {
    Rounds.once(
        (seed, dice) -> {
          try (Shop shop = Shop.open(folder)) {
            shop.proxy()
                .fault(
                    (operation, onward) -> {
                      Answer answer = onward.pass();
                      synchronized (dice) {
                        return operation.equals("SendMessageBatch") && dice.nextInt(4) > 0
                            ? Answer.NONE
                            : answer;
                      }
                    });
            sendAll(shop);

            Shop.Account account = shop.start().drain();

            assertThat(account.done())
                .containsExactlyInAnyOrderElementsOf(account.named("bad", false));
            assertThat(Set.copyOf(account.dead()))
                .containsExactlyInAnyOrderElementsOf(account.named("bad", true));
          }
        });
  }

  @Test
  void out_of_memory_returns_the_whole_batch_and_loses_nothing(@TempDir Path folder) {
    Rounds.once(
        (seed, dice) -> {
          ForkOptions small =
              ForkOptions.builder()
                  .output(line -> {})
                  .jvmFlags("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1", "-Xmx64m")
                  .build();
          try (Shop shop = Shop.open(folder, small)) {
            sendAll(shop);
            shop.send("huge-1");

            Shop.Account account = shop.start().drain();

            account.requireConservation();
            Delivery huge = account.deliveries().get(account.idByOrder().get("huge-1")).get(0);
            assertThat(huge.reason()).contains("OutOfMemoryError");
            assertThat(account.of(huge.requestId()))
                .extracting(Delivery::fate)
                .containsOnly(Fate.RETURNED);
            assertThat(account.done()).contains("huge-1").containsAll(List.of("good-0"));
          }
        });
  }
}
