// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batchmodel;

import dev.powertools.batch.Backoff;
import dev.powertools.batch.BatchOptions;
import dev.powertools.retry.Jitter;
import dev.powertools.retry.RetryBudget;
import dev.powertools.retry.RetryOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

/**
 * All that is drawn for one world. What a message does depends on the seed, its number, its receive
 * and the attempt alone, so threads that meet in another order change none of it.
 */
final class Plan {

  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final Duration RESERVE = Duration.ofSeconds(4);

  final long seed;
  final boolean pure;
  final boolean fifo;
  final int messages;
  final int groups;
  final int maxReceives;
  final int batchSize;
  final int parallel;
  final int attempts;
  final boolean duplicates;
  final boolean zeroDelays;
  final RetryBudget budget;

  private Plan(long seed, boolean pure, int parallel) {
    Random random = new Random(seed);
    this.seed = seed;
    this.pure = pure;
    this.fifo = random.nextBoolean();
    this.messages = 1 + random.nextInt(20);
    this.groups = 1 + random.nextInt(4);
    this.maxReceives = 1 + random.nextInt(5);
    this.batchSize = 1 + random.nextInt(10);
    this.attempts = 1 + random.nextInt(3);
    this.duplicates = !pure && random.nextInt(4) == 0;
    this.zeroDelays = random.nextBoolean();
    int floor = pure ? 100_000 : random.nextInt(4);
    this.budget = new RetryBudget(0.2, floor, 100_000);
    int drawn = 1 + random.nextInt(4);
    this.parallel = parallel == 0 ? drawn : parallel;
  }

  /** Anything may happen. */
  static Plan any(long seed) {
    return new Plan(seed, false, 0);
  }

  /** Nothing depends on time, nothing is lost on the way. */
  static Plan pure(long seed, int parallel) {
    return new Plan(seed, true, parallel);
  }

  /** What a message does at one attempt. */
  enum Act {
    DONE,
    IGNORED,
    FAILS,
    FAILS_FOR_GOOD,
    DEAD_LETTER,
    LATER,
    PAUSES,
    HANGS,
    HEARS_NO_INTERRUPT
  }

  Act act(String message, int receive, int attempt) {
    Random random = random("act", message, receive, attempt);
    int drawn = random.nextInt(100);
    if (drawn < 45) {
      return Act.DONE;
    }
    if (drawn < 70) {
      return Act.FAILS;
    }
    Act[] rest = {
      Act.IGNORED,
      Act.FAILS_FOR_GOOD,
      Act.DEAD_LETTER,
      Act.LATER,
      Act.PAUSES,
      Act.HANGS,
      Act.HEARS_NO_INTERRUPT
    };
    return rest[random.nextInt(pure ? 4 : rest.length)];
  }

  /** How long something takes: a moment mostly, rarely more than there is. */
  Duration length(String message, int receive) {
    Random random = random("length", message, receive, 0);
    int most = random.nextInt(5) == 0 ? 25_000 : 3_000;
    return Duration.ofMillis(random.nextInt(most));
  }

  Duration delay(String message, int receive) {
    int seconds = random("delay", message, receive, 0).nextInt(60);
    return Duration.ofSeconds(zeroDelays ? seconds : 1 + seconds);
  }

  Random random(String what, String message, int receive, int attempt) {
    long mixed = seed * 31 + Objects.hash(what, message, receive, attempt);
    Random random = new Random(mixed * 0x9E3779B97F4A7C15L);
    random.nextInt();
    return random;
  }

  BatchOptions options() {
    Random random = random("options", "", 0, 0);
    BatchOptions.Builder options = BatchOptions.builder().maxConcurrency(parallel).reserve(RESERVE);
    if (random.nextBoolean()) {
      options.redelivery(new Backoff(Duration.ofSeconds(5), 2, Duration.ofMinutes(2)));
    }
    if (maxReceives > 3 && random.nextInt(3) == 0) {
      options.poisonAfterReceives(3);
    }
    return options.build();
  }

  RetryOptions retries() {
    return RetryOptions.builder()
        .name("model")
        .attempts(attempts)
        .base(Duration.ofMillis(pure ? 20 : 200))
        .jitter(Jitter.FULL)
        .build();
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + (fifo ? ", FIFO, " : ", ")
        + messages
        + " messages, "
        + groups
        + " groups, "
        + maxReceives
        + " receives, batches of "
        + batchSize
        + ", "
        + parallel
        + " at a time, "
        + attempts
        + " attempts"
        + (duplicates ? ", duplicates" : "");
  }
}
