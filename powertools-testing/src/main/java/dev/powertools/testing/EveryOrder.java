// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.event.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs concurrent deliveries in every order in which their steps can happen, and checks each.
 *
 * <p>Each delivery runs in an environment of its own. It is held before it starts and at every
 * {@linkplain dev.powertools.local.Points named point} that it reaches: those of {@link TestStore},
 * and those that the doubles of the test reach. One delivery moves at a time, and which one is
 * tried out in all ways: two deliveries that are held <i>n</i> times each run in (2<i>n</i> over
 * <i>n</i>) orders. So a race that exists between two points is found each time the test runs.
 *
 * <pre>{@code
 * functions
 *     .everyOrder()
 *     .of(order, order)
 *     .with(Payments.class, Payments::new)
 *     .to(OrderHandler.class)
 *     .check(order -> assertThat(order.part(Payments.class).charged()).hasSize(1));
 * }</pre>
 *
 * <p>Each order runs on {@link Functions} of its own, with a new clock, new logs and a new store.
 * To them is said all that was said to those of the test, environment variables for instance, and
 * then what {@link #with} and {@link #given} say: what a run changes is made anew there. The same
 * event twice is a redelivery: see {@link Deliveries}.
 *
 * <p>A delivery that waits for another one, for a lock, is left alone until it can go on: at once
 * if the lock is held by another delivery, after some 50 ms if it waits for anything else. Work
 * that one delivery does on several threads at once makes runs differ: give it a concurrency of
 * one.
 *
 * <p>Confined to one thread; tests may run in parallel.
 */
public final class EveryOrder {

  private static final int DEFAULT_MOST = 10_000;
  private static final int TRIES = 3;
  private static final int MOST_DELIVERIES = 26;
  private static final Duration AFTER_DEADLINE = Duration.ofSeconds(3);

  private final Functions functions;
  private List<Redelivery.Delivery> events = List.of();
  private Consumer<Functions> given = fresh -> {};
  private @Nullable String handler;
  private @Nullable Supplier<?> instance;
  private boolean crashes;
  private @Nullable Function<Functions, Duration> passes;
  private int most = DEFAULT_MOST;
  private @Nullable String only;
  private @Nullable Object lastStore;

  EveryOrder(Functions functions) {
    this.functions = functions;
  }

  /** Looks at what came of one order. */
  @FunctionalInterface
  public interface Check {

    /** Throws if it is not right. */
    void of(Interleaving interleaving) throws Exception;
  }

  /** The events to deliver, one delivery each, called A, B and so on. */
  public EveryOrder of(Object... deliveries) {
    return deliver(List.of(deliveries).stream().map(event -> Events.of(event).toBytes()).toList());
  }

  /** The events to deliver, as JSON text. */
  public EveryOrder ofJson(String... deliveries) {
    return deliver(
        List.of(deliveries).stream().map(json -> json.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private EveryOrder deliver(List<byte[]> deliveries) {
    if (deliveries.isEmpty() || deliveries.size() > MOST_DELIVERIES) {
      throw new IllegalArgumentException(
          "everyOrder() takes 1 to " + MOST_DELIVERIES + " events, not " + deliveries.size());
    }
    this.events = Redelivery.each(deliveries);
    return this;
  }

  /** Gives the functions a collaborator that is made anew for each order. */
  public <T> EveryOrder with(Class<T> type, Supplier<? extends T> anew) {
    Objects.requireNonNull(anew);
    return given(fresh -> fresh.with(type, anew.get()));
  }

  /** Says what else is to be said to the functions of each order. */
  public EveryOrder given(Consumer<Functions> fresh) {
    this.given = given.andThen(fresh);
    return this;
  }

  /** The function by its handler's class. */
  public EveryOrder to(Class<?> handlerClass) {
    return to(handlerClass.getName());
  }

  /** The function by its handler, as {@link Functions#function(String)} takes it. */
  public EveryOrder to(String handlerName) {
    this.handler = Objects.requireNonNull(handlerName);
    this.instance = null;
    return this;
  }

  /** The function by a handler object, made anew for each delivery. */
  public <H> EveryOrder to(Class<H> handlerClass, Supplier<? extends H> handlerObject) {
    this.handler = handlerClass.getName();
    this.instance = Objects.requireNonNull(handlerObject);
    return this;
  }

  /**
   * Lets one delivery of each order die at each of its points as well: nothing of it runs on, and
   * what it had written stays.
   */
  public EveryOrder withCrashes() {
    this.crashes = true;
    return this;
  }

  /**
   * Lets time pass once in each order, at each of its steps: three seconds more than the functions'
   * timeout, after which no claim is protected any more. A delivery that is alive goes on
   * afterwards, as a frozen environment does: then work may rightly be done twice, but all who
   * succeed must have the same result.
   */
  public EveryOrder withLeaseExpiry() {
    this.passes = fresh -> fresh.timeout().plus(AFTER_DEADLINE);
    return this;
  }

  /** Lets so much time pass once in each order, at each of its steps. */
  public EveryOrder withTimePassing(Duration time) {
    Objects.requireNonNull(time);
    this.passes = fresh -> time;
    return this;
  }

  /** How many orders there may be, so that a test ends; 10,000 by default. */
  public EveryOrder atMost(int orders) {
    if (orders < 1) {
      throw new IllegalArgumentException("atMost(" + orders + "): at least one order is run");
    }
    this.most = orders;
    return this;
  }

  /** Runs one order alone: that of a failure, to be looked at with a debugger. */
  public EveryOrder only(String schedule) {
    this.only = Objects.requireNonNull(schedule);
    return this;
  }

  /**
   * Runs all orders, up to the first that is wrong.
   *
   * @return how many were run
   * @throws AssertionError if the check throws, telling the order; or if there are more orders than
   *     {@link #atMost} allows
   */
  public int check(Check check) {
    if (handler == null || events.isEmpty()) {
      throw new IllegalStateException(
          "everyOrder() needs events and a function: .of(event, event).to(OrderHandler.class)");
    }
    if (only != null) {
      play(Chooser.Written.of(only), check, 1);
      return 1;
    }
    Chooser.Every every = new Chooser.Every();
    int orders = 0;
    do {
      if (orders == most) {
        throw new AssertionError(tooMany());
      }
      orders++;
      playUntilRepeatable(every, check, orders);
    } while (every.next());
    return orders;
  }

  private String tooMany() {
    return "There are more than "
        + most
        + " orders, and the first "
        + most
        + " are right. Have the deliveries reach fewer points, leave out withCrashes() or"
        + " withLeaseExpiry(), or allow more by atMost(n).";
  }

  private void playUntilRepeatable(Chooser chooser, Check check, int number) {
    for (int i = 1; ; i++) {
      try {
        play(chooser, check, number);
        return;
      } catch (Chooser.Diverged e) {
        if (i == TRIES) {
          throw new AssertionError(
              "The deliveries don't do the same each time they are run in the same order: "
                  + e.getMessage()
                  + ". Make anew by with(type, supplier) what a run changes, and let one delivery work on one"
                  + " thread.",
              e);
        }
      }
    }
  }

  private void play(Chooser chooser, Check check, int number) {
    Functions fresh = functions.anew();
    given.accept(fresh);
    refuseTheStoreOfTheLastOrder(fresh);
    Stage stage = new Stage(events.size());
    try {
      OrderRun run = new OrderRun(fresh, stage, starter(fresh), disasters(fresh));
      check(interleaving(run, chooser), check, number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while an order was run", e);
    } finally {
      close(stage, fresh);
    }
  }

  private static Interleaving interleaving(OrderRun run, Chooser chooser)
      throws InterruptedException {
    try {
      return run.play(chooser);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nUntil then:\n" + run.account(), e);
    }
  }

  private static void check(Interleaving interleaving, Check check, int number) {
    try {
      check.of(interleaving);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          e.getMessage()
              + "\n\nin order "
              + number
              + ":\n"
              + interleaving
              + "\nTo run this order alone: .only(\""
              + interleaving.schedule()
              + "\")",
          e);
    }
  }

  private OrderRun.Starter starter(Functions fresh) {
    String name = Objects.requireNonNull(handler);
    return (index, actor) -> actor.start(fresh.make(name, instance, actor), events.get(index));
  }

  private OrderRun.Disasters disasters(Functions fresh) {
    return new OrderRun.Disasters(crashes, Optional.ofNullable(passes).map(p -> p.apply(fresh)));
  }

  /** A store that knows the keys of the order before would replay, and the test see nothing. */
  private void refuseTheStoreOfTheLastOrder(Functions fresh) {
    Object store = fresh.anyStore().orElse(null);
    if (store != null && store == lastStore) {
      fresh.close();
      throw new IllegalStateException(
          "Two orders would share one store, "
              + store
              + ". Make it anew for each: .with(IdempotencyStore.class, () -> …)");
    }
    lastStore = store;
  }

  private static void close(Stage stage, Functions fresh) {
    stage.abandon();
    fresh.close();
    try {
      stage.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
