// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Links;
import dev.powertools.core.config.Config;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * What a link of the chain must do: extend it to test the one of your own annotation.
 *
 * <pre>{@code
 * class AuditedContractTest extends InterceptorContract {
 *   @Override
 *   protected Class<?> bearer() {
 *     return OrderHandler.class;
 *   }
 * }
 * }</pre>
 *
 * <p>Each check goes through the three places where a chain calls a link: a woven method, a woven
 * entry method, and a base class's handler, where the event is bytes. Whole functions of your own
 * are tried too if {@link #handlers} names them.
 *
 * <p>By default a link is held to what most do: it proceeds exactly once, hands on arguments,
 * result and exception, and lets 64 calls in at once. Say by overriding what yours does otherwise.
 */
public abstract class InterceptorContract {

  private static final int CALLS = 64;
  private static final int COLLECTIONS = 50;
  private static final String KEPT =
      ": the result of a call is still reachable after it, from a field of the link, a static one,"
          + " or a ThreadLocal: the next call may be another tenant's.";

  /** For subclasses. */
  protected InterceptorContract() {}

  /** A class that bears the annotation, itself or on a method, and no other that makes a link. */
  protected abstract Class<?> bearer();

  private Annotation annotation() {
    List<Annotation> found = new ArrayList<>(Links.among(bearer().getDeclaredAnnotations()));
    for (Method method : bearer().getDeclaredMethods()) {
      found.addAll(Links.among(method.getDeclaredAnnotations()));
    }
    Check.that(
        found.size() == 1,
        bearer().getName() + " must bear one annotation that makes a link, but bears " + found);
    return found.get(0);
  }

  /** Adds what the link's factory needs of the runtime; nothing by default. */
  protected FunctionRuntime.Builder runtime(FunctionRuntime.Builder runtime) {
    return runtime;
  }

  /** As {@link #runtime}, for {@link #handlers}; nothing by default. */
  protected Functions functions(Functions functions) {
    return functions;
  }

  /**
   * Handlers that bear the annotation, best one for each door that you use: woven, base class. Each
   * takes a text and returns it. None by default.
   */
  protected List<Class<?>> handlers() {
    return List.of();
  }

  /**
   * How often the link lets one call through at least; 1 by default, 0 if it may refuse or answer.
   */
  protected int fewestProceeds() {
    return 1;
  }

  /** How often the link lets one call through at most; 1 by default, more if it repeats calls. */
  protected int mostProceeds() {
    return 1;
  }

  /** Whether callers may get another result than the body's; no by default. */
  protected boolean replacesResult() {
    return false;
  }

  /** Whether the body may get other arguments than the caller's; no by default. */
  protected boolean replacesArguments() {
    return false;
  }

  /** How many calls the link lets through at the same time; 64 by default. */
  protected int concurrency() {
    return CALLS;
  }

  @Test
  void a_call_passes_as_often_as_declared() throws Throwable {
    for (Place place : places()) {
      CountingBody body = new CountingBody(place.result());
      place.call(body);
      checkProceeds(place, body);
    }
  }

  @Test
  void the_result_is_the_bodys() throws Throwable {
    for (Place place : places()) {
      Object result = place.call(new CountingBody(place.result()));
      Check.that(
          replacesResult() || result == place.result(),
          place
              + ": return what proceed() returned. Got "
              + result
              + " (or say replacesResult()).");
    }
  }

  @Test
  void a_result_of_null_is_a_result() throws Throwable {
    for (Place place : places()) {
      Object result = place.call(new CountingBody(null));
      Check.that(
          replacesResult() || result == null,
          place + ": methods may return null, or nothing. Got " + result + ".");
    }
  }

  @Test
  void the_arguments_reach_the_body() throws Throwable {
    for (Place place : places()) {
      CountingBody body = new CountingBody(place.result());
      place.call(body);
      for (@Nullable Object[] arguments : body.arguments()) {
        Check.that(
            replacesArguments() || arguments[0] == place.event(),
            place + ": the body must get the caller's arguments (or say replacesArguments()).");
      }
    }
  }

  @Test
  void the_users_exception_reaches_the_caller_unchanged() {
    List<Throwable> failures =
        List.of(
            new IOException("checked"),
            new IllegalStateException("unchecked"),
            new InterruptedException("interrupted"),
            new AssertionError("error"));
    for (Place place : places()) {
      for (Throwable failure : failures) {
        CountingBody body = new CountingBody(failure, true);
        Throwable seen = failureOf(place, body);
        boolean interrupted = Thread.interrupted();
        Check.that(
            seen == failure || (fewestProceeds() == 0 && body.calls() == 0),
            place + ": throw what proceed() threw, not " + seen + "; what you add is suppressed.");
        Check.that(
            failure instanceof InterruptedException || !interrupted,
            place + ": the thread must not be left interrupted.");
        checkProceeds(place, body);
      }
    }
  }

  private static @Nullable Throwable failureOf(Place place, CountingBody body) {
    try {
      place.call(body);
      return null;
    } catch (Throwable t) { // that is what is to be seen
      return t;
    }
  }

  private void checkProceeds(Place place, CountingBody body) {
    int calls = body.calls();
    Check.that(
        calls >= fewestProceeds() && calls <= mostProceeds(),
        place
            + ": the body ran "
            + calls
            + " times; declared are "
            + fewestProceeds()
            + " to "
            + mostProceeds()
            + ". Call proceed() once on every way through the link.");
  }

  @Test
  void concurrent_calls_do_not_meet() {
    for (Place place : places()) {
      CyclicBarrier barrier = new CyclicBarrier(Math.min(CALLS, concurrency()));
      List<Callable<?>> calls = new ArrayList<>();
      for (int i = 0; i < barrier.getParties(); i++) {
        Object result = place.another(i);
        boolean fails = i % 4 == 3;
        calls.add(() -> concurrent(place, barrier, result, fails));
      }
      Check.atOnce(calls);
    }
  }

  private @Nullable Object concurrent(
      Place place, CyclicBarrier barrier, Object result, boolean fails) throws Exception {
    Object answer = fails ? new IllegalStateException("of " + result) : result;
    boolean[] met = new boolean[1];
    CountingBody body =
        new CountingBody(answer, fails)
            .before(
                () -> {
                  if (!met[0]) {
                    met[0] = true;
                    barrier.await(30, TimeUnit.SECONDS);
                  }
                });
    Object seen;
    try {
      seen = place.call(body);
    } catch (Throwable t) { // the body's, if all is well
      seen = t;
    }
    if (!met[0]) {
      barrier.await(30, TimeUnit.SECONDS);
    }
    Check.that(
        seen == answer
            || (!fails && replacesResult())
            || (fewestProceeds() == 0 && body.calls() == 0),
        place
            + ": a call got what is not its own, or the link lets only one call in at a time: keep"
            + " state in local variables, and hold no lock over proceed(). Got "
            + seen
            + ".");
    return null;
  }

  @Test
  void nothing_of_a_call_stays_on_the_thread() {
    for (Place place : places()) {
      Check.atOnce(List.of(() -> onNewThread(place)));
    }
  }

  private static @Nullable Object onNewThread(Place place) {
    Map<String, String> before = mdc();
    failureOf(place, new CountingBody(place.result()));
    Check.equal(mdc(), before, place + ": put the MDC back.");
    failureOf(place, new CountingBody(new IOException("checked"), true));
    Check.equal(mdc(), before, place + ": put the MDC back after a failure too.");
    return null;
  }

  private static Map<String, String> mdc() {
    Map<String, String> copy = MDC.getCopyOfContextMap();
    return copy == null ? Map.of() : copy;
  }

  @Test
  void nothing_of_a_call_is_kept() throws Throwable {
    for (Place place : places()) {
      WeakReference<Object> canary = place.callWithCanary();
      try {
        for (int i = 0; i < COLLECTIONS && canary.get() != null; i++) {
          System.gc();
        }
        Check.that(canary.get() == null || replacesResult(), place + KEPT);
      } finally {
        Reference.reachabilityFence(place);
      }
    }
  }

  @Test
  void whole_functions_answer_as_without_it() {
    for (Class<?> handler : handlers()) {
      try (Functions functions = functions(Functions.start());
          TestFunction function = functions.function(handler)) {
        List<Callable<?>> calls = new ArrayList<>();
        for (int i = 0; i < Math.min(8, concurrency()); i++) {
          String event = "\"event " + i + "\"";
          calls.add(() -> answer(handler, function.invokeJson(event), event));
        }
        Check.atOnce(calls);
      }
    }
  }

  private @Nullable Object answer(Class<?> handler, TestResponse response, String event) {
    response
        .error()
        .ifPresent(
            error -> {
              throw new AssertionError(
                  handler.getName() + " failed: " + error.type() + ": " + error.message());
            });
    Check.that(
        replacesResult() || response.text().equals(event),
        handler.getName() + " must return its event " + event + ", but got " + response.text());
    return null;
  }

  private List<Place> places() {
    FunctionRuntime runtime =
        runtime(FunctionRuntime.builder().config(Config.of(Map.of()))).build();
    return Place.all(annotation(), runtime);
  }
}
