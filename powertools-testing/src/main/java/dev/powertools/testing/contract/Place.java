// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.internal.Entry;
import java.lang.annotation.Annotation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place where a chain calls the link under test. Thread-safe. */
final class Place {

  private final String name;
  private final FunctionRuntime runtime;
  private final Chain chain;
  private final Object event;
  private final Object result;
  private final boolean entry;

  private Place(String name, FunctionRuntime runtime, Chain chain, Object event, Object result) {
    this.name = name;
    this.runtime = runtime;
    this.chain = chain;
    this.event = event;
    this.result = result;
    this.entry = chain.joinPoint().entry();
  }

  /** What a woven method and a woven entry method look like. */
  static final class Woven {

    String work(String text) {
      return text;
    }

    String handleRequest(String event, Context context) {
      return event;
    }
  }

  /** What a base class's handler looks like. */
  static final class Handler extends FunctionHandler<String, String> {

    @Override
    protected String handle(String event, Context context) {
      return event;
    }
  }

  static List<Place> all(Annotation annotation, FunctionRuntime runtime) {
    Supplier<Object> bytes = () -> "\"event\"".getBytes(UTF_8);
    return List.of(
        of("A woven method", annotation, runtime, method(Woven.class, "work", false), "event"),
        of(
            "A woven handler",
            annotation,
            runtime,
            method(Woven.class, "handleRequest", true),
            "event"),
        of(
            "A base class",
            annotation,
            runtime,
            method(Handler.class, "handle", true),
            bytes.get()));
  }

  private static Place of(
      String name,
      Annotation annotation,
      FunctionRuntime runtime,
      JoinPoint joinPoint,
      Object event) {
    Chain chain = Links.of(joinPoint, runtime).annotations(List.of(annotation)).chain();
    Object result = event instanceof byte[] bytes ? bytes.clone() : "result";
    return new Place(name, runtime, chain, event, result);
  }

  private static JoinPoint method(Class<?> owner, String name, boolean entry) {
    for (Method method : owner.getDeclaredMethods()) {
      if (method.getName().equals(name) && !method.isBridge()) {
        return JoinPoints.method(method, entry);
      }
    }
    throw new IllegalStateException(owner + " has no method " + name);
  }

  Object event() {
    return event;
  }

  Object result() {
    return result;
  }

  /** A result that no other call has. */
  Object another(int number) {
    String text = "\"result " + number + "\"";
    return result instanceof byte[] ? text.getBytes(UTF_8) : text;
  }

  /** Calls the body through the link, in an invocation of its own. */
  @Nullable Object call(CountingBody body) throws Throwable {
    Object target = new Object();
    return entry
        ? Entry.open(runtime, chain, target, target, new @Nullable Object[] {event, null}, body)
        : Entry.adHoc(runtime, chain, target, new @Nullable Object[] {event}, body);
  }

  /** Calls, and leaves nothing but a weak reference to the result. */
  WeakReference<Object> callWithCanary() throws Throwable {
    Object canary = another(-1);
    call(new CountingBody(canary));
    return new WeakReference<>(canary);
  }

  @Override
  public String toString() {
    return name;
  }
}
