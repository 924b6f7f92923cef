// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.woven.Body;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function under test: a runtime, time, a store, and calls of methods through their chains. */
final class Function {

  static final int MILLIS_LEFT = 30_000;

  final TestTiming timing = new TestTiming();
  final TestStore store = new TestStore();
  final List<String> signals = Collections.synchronizedList(new ArrayList<>());
  final FunctionRuntime runtime;

  Function() {
    this(Map.of());
  }

  Function(Map<String, String> variables) {
    this.runtime = builder(variables).part(IdempotencyStore.class, store).build();
  }

  FunctionRuntime.Builder builder(Map<String, String> variables) {
    return FunctionRuntime.builder()
        .config(Config.of(variables))
        .timing(timing)
        .listener((signal, invocation) -> signals.add(name(signal)));
  }

  private static String name(Signal signal) {
    return signal.name();
  }

  /** An invocation with the usual time left. */
  LiveInvocation invocation() {
    return invocation(new TestContext("request", MILLIS_LEFT));
  }

  LiveInvocation invocation(@Nullable Context context) {
    return LiveInvocation.under(runtime).context(context).open();
  }

  /** Runs inside a new invocation. */
  @Nullable Object inside(Call call) throws Throwable {
    LiveInvocation invocation = invocation();
    return Entry.run(invocation, Scope.of(invocation), call);
  }

  /** Calls a method inside the current invocation, or else a new one. */
  @Nullable Object call(Object target, String method, @Nullable Object... arguments)
      throws Throwable {
    LiveInvocation current = Scope.currentInvocation();
    return current == null
        ? inside(() -> callIn(invocationOf(), target, method, arguments))
        : callIn(current, target, method, arguments);
  }

  private static LiveInvocation invocationOf() {
    LiveInvocation current = Scope.currentInvocation();
    if (current == null) {
      throw new IllegalStateException("no invocation");
    }
    return current;
  }

  /** Calls a method inside an invocation. */
  static @Nullable Object callIn(
      LiveInvocation invocation, Object target, String method, @Nullable Object... arguments)
      throws Throwable {
    Method found = find(target, method);
    Chain chain = chain(found, false, invocation.runtime());
    Body body = (receiver, args) -> invoke(found, receiver, args);
    return Scope.of(invocation).call(() -> chain.call(invocation, target, arguments.clone(), body));
  }

  /** Makes the chain of a method, as the initialisation of a function does. */
  Chain link(Object target, String method) {
    return chain(find(target, method), false, runtime);
  }

  /** Makes the chain of a method under another runtime. */
  static Chain link(Object target, String method, FunctionRuntime runtime) {
    return chain(find(target, method), false, runtime);
  }

  /** Makes the chain of a method at which the platform's call arrives. */
  Chain linkEntry(Object target, String method) {
    return linkEntry(target, method, runtime);
  }

  /** Makes the chain of a method at which the platform's call arrives, under another runtime. */
  static Chain linkEntry(Object target, String method, FunctionRuntime runtime) {
    return chain(find(target, method), true, runtime);
  }

  private static Chain chain(Method method, boolean entry, FunctionRuntime runtime) {
    return Links.of(JoinPoints.method(method, entry), runtime)
        .annotations(Arrays.asList(method.getDeclaredAnnotations()))
        .chain();
  }

  private static Method find(Object target, String name) {
    for (Method method : target.getClass().getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(target.getClass() + " has no " + name);
  }

  private static @Nullable Object invoke(
      Method method, @Nullable Object target, @Nullable Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
