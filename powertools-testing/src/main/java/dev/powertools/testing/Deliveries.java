// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers one event more than once, as the platform does now and then. A retry of an asynchronous
 * event keeps its request id. Events that a mapping polls from a queue or a stream come in
 * invocations of their own: their messages keep their ids, those of SQS count one receive more each
 * time and have a new receipt handle.
 *
 * <pre>{@code
 * var responses = functions.deliver(order).to(OrderHandler.class).times(3);
 * var atOnce = functions.deliver(order).to(OrderHandler.class).heldAt("before claim").concurrently(8);
 * }</pre>
 *
 * <p>Confined to one thread.
 */
public final class Deliveries {

  private final Functions functions;
  private final byte[] event;
  private @Nullable String handler;
  private @Nullable Supplier<?> instance;
  private String point = Barrier.START;

  Deliveries(Functions functions, byte[] event) {
    this.functions = functions;
    this.event = event;
  }

  /** The function by its handler's class. */
  public Deliveries to(Class<?> handlerClass) {
    return to(handlerClass.getName());
  }

  /** The function by its handler, as {@link Functions#function(String)} takes it. */
  public Deliveries to(String handlerName) {
    this.handler = Objects.requireNonNull(handlerName);
    this.instance = null;
    return this;
  }

  /** The function by a handler object, made anew for each of its environments. */
  public <H> Deliveries to(Class<H> handlerClass, Supplier<? extends H> handlerObject) {
    this.handler = handlerClass.getName();
    this.instance = Objects.requireNonNull(handlerObject);
    return this;
  }

  /**
   * Where concurrent deliveries meet: each is held when it first reaches this {@linkplain
   * dev.powertools.local.Points named point}, and all go on at once when the last one is there or
   * has ended. By default they meet before their handlers run.
   */
  public Deliveries heldAt(String namedPoint) {
    this.point = Objects.requireNonNull(namedPoint);
    return this;
  }

  /** Delivers one after another, to one environment, and gives the answers in that order. */
  public List<TestResponse> times(int deliveries) {
    TestFunction function = functions.make(handler(), instance, null);
    List<TestResponse> responses = new ArrayList<>();
    for (Redelivery.Delivery each : planned(deliveries)) {
      responses.add(each.to(function));
    }
    return responses;
  }

  /**
   * Delivers all at once, each to an environment of its own, and gives the answers.
   *
   * @throws AssertionError if no delivery reached the point where they are to be held, or some
   *     neither reached it nor ended within five seconds
   */
  public List<TestResponse> concurrently(int deliveries) {
    List<Redelivery.Delivery> planned = planned(deliveries);
    Barrier barrier = new Barrier(point, deliveries);
    ExecutorService callers = Executors.newFixedThreadPool(deliveries);
    try {
      List<CompletableFuture<TestResponse>> running = new ArrayList<>();
      for (Redelivery.Delivery each : planned) {
        Barrier.Gate gate = barrier.new Gate();
        TestFunction function = functions.make(handler(), instance, gate);
        running.add(
            CompletableFuture.supplyAsync(() -> each.to(function), callers)
                .whenComplete((response, failure) -> gate.ended()));
      }
      List<TestResponse> responses = running.stream().map(Deliveries::joined).toList();
      barrier.verify();
      return responses;
    } finally {
      callers.shutdownNow();
    }
  }

  private static TestResponse joined(CompletableFuture<TestResponse> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private List<Redelivery.Delivery> planned(int deliveries) {
    if (deliveries < 1) {
      throw new IllegalArgumentException("An event is delivered at least once, not " + deliveries);
    }
    Redelivery again = Redelivery.of(event);
    List<Redelivery.Delivery> planned = new ArrayList<>();
    for (int i = 0; i < deliveries; i++) {
      planned.add(again.delivery(i));
    }
    return planned;
  }

  private String handler() {
    if (handler == null) {
      throw new IllegalStateException(
          "deliver(event) needs a function: .to(OrderHandler.class) before times or concurrently");
    }
    return handler;
  }
}
