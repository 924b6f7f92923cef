// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.PointHold;
import dev.powertools.local.sqs.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a function while it works on batches, wherever it is. */
@Tag("heavy")
class KilledFunctionTest {

  /** Where the process dies. */
  private enum Death {
    IN_A_RECORD {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtPoint("begun", 1 + chaos.dice.nextInt(4));
      }
    },
    AFTER_THE_WORK {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtPoint("done", 1 + chaos.dice.nextInt(4));
      }
    },
    AFTER_A_FAILURE {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtPoint("batch.retry_later", 1);
      }
    },
    AFTER_A_DEAD_LETTER {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtPoint("batch.dead_lettered", 1);
      }
    },
    BEFORE_THE_ANSWER {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtPoint("batch.ended", 1);
      }
    },
    BEFORE_A_DEAD_LETTER_ARRIVES {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtRequest("SendMessageBatch", false);
      }
    },
    WHEN_A_DEAD_LETTER_HAS_ARRIVED {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtRequest("SendMessageBatch", true);
      }
    },
    BEFORE_A_DELAY_ARRIVES {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtRequest("ChangeMessageVisibilityBatch", false);
      }
    },
    WHEN_A_DELAY_HAS_ARRIVED {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAtRequest("ChangeMessageVisibilityBatch", true);
      }
    },
    ANY_MOMENT {
      @Override
      void strike(Chaos chaos) throws Exception {
        chaos.killAfter(chaos.dice.nextInt(300));
      }
    };

    abstract void strike(Chaos chaos) throws Exception;
  }

  /** A shop, and those who kill its function. */
  private static final class Chaos {

    final Shop shop;
    final Random dice;
    private final Random requestDice;
    private int sent;
    private final Set<String> knownDead = ConcurrentHashMap.newKeySet();
    private volatile CompletableFuture<Void> death = new CompletableFuture<>();

    Chaos(Shop shop, Random dice) {
      this.shop = shop;
      this.dice = dice;
      this.requestDice = new Random(dice.nextLong());
      shop.onDelivery(this::delivered);
    }

    private void delivered(Delivery delivery) {
      if (delivery.reason().startsWith("the invocation failed")
          && knownDead.add(delivery.requestId())) {
        death.complete(null);
      }
    }

    void round(int number) throws Exception {
      death = new CompletableFuture<>();
      Death[] deaths = Death.values();
      Death next = number < deaths.length ? deaths[number] : deaths[dice.nextInt(deaths.length)];
      shop.proxy().fault(this::killedNowAndThen);
      next.strike(this);
    }

    /** Orders of each kind, in any order. */
    void send() {
      List<String> kinds = new ArrayList<>(List.of("good", "good", "good", "good", "bad", "flaky"));
      for (int i = dice.nextInt(5); i > 0; i--) {
        kinds.add(List.of("good", "bad", "flaky").get(dice.nextInt(3)));
      }
      Collections.shuffle(kinds, dice);
      for (String kind : kinds) {
        shop.send(kind + "-" + sent++);
      }
    }

    void killAtPoint(String point, int occurrence) throws Exception {
      shop.fork().killAt(point, occurrence);
      send();
      death.get(60, SECONDS);
    }

    void killAtRequest(String operation, boolean arrived) throws Exception {
      AtomicBoolean first = new AtomicBoolean(true);
      shop.proxy()
          .fault(
              (asked, onward) -> {
                if (!asked.equals(operation) || !first.getAndSet(false)) {
                  return onward.pass();
                }
                if (arrived) {
                  onward.pass();
                }
                shop.fork().kill();
                return SqsFaultProxy.Answer.NONE;
              });
      send();
      death.get(60, SECONDS);
    }

    void killAfter(int millis) throws Exception {
      PointHold begun = shop.fork().holdAt("begun");
      send();
      begun.await();
      begun.release();
      runAsync(shop.fork()::kill, delayedExecutor(millis, MILLISECONDS)).get();
    }

    /** What is deleted ahead of the answer is deleted rarely, so that is no death of its own. */
    private SqsFaultProxy.Answer killedNowAndThen(String operation, SqsFaultProxy.Onward onward)
        throws IOException {
      int fall = operation.equals("DeleteMessageBatch") ? requestDice.nextInt(6) : 6;
      if (fall > 1) {
        return onward.pass();
      }
      if (fall == 1) {
        onward.pass();
      }
      shop.fork().kill();
      return SqsFaultProxy.Answer.NONE;
    }
  }

  @Test
  void whatever_it_was_at_each_message_is_done_or_in_a_queue(@TempDir Path folder) {
    Rounds.once(
        (seed, dice) -> {
          try (Shop shop = Shop.open(folder)) {
            Chaos chaos = new Chaos(shop, dice);
            shop.start();
            for (int round = 0; round < Rounds.COUNT; round++) {
              chaos.round(round);
            }
            shop.proxy().fault(SqsFaultProxy.Fault.NONE);
            Shop.Account account = shop.drain();
            account.requireConservation();
            assertThat(chaos.knownDead).hasSizeGreaterThanOrEqualTo(Rounds.COUNT / 2);
          }
        });
  }
}
